import { expect, test } from 'vitest'
import { chordOf, digitOf, type KeyPress } from '../../src/renderer/shell/chord'

function press(
  code: string,
  key: string,
  down: readonly ('Ctrl' | 'Alt' | 'Shift' | 'Meta' | 'AltGraph')[] = [],
): KeyPress {
  return {
    code,
    key,
    ctrlKey: down.includes('Ctrl'),
    altKey: down.includes('Alt'),
    shiftKey: down.includes('Shift'),
    metaKey: down.includes('Meta'),
    getModifierState: (name) => down.some((one) => one === name),
  }
}

test.each([
  ['QWERTY', press('Digit1', '1'), 1],
  ['a numeric keypad', press('Numpad7', '7'), 7],
  ['a numeric keypad without NumLock', press('Numpad7', 'Home'), null],
  ['AZERTY without Shift', press('Digit2', 'é'), 2],
  ['AZERTY without Shift, punctuation', press('Digit5', '('), 5],
  ['AZERTY with Shift', press('Digit2', '2', ['Shift']), 2],
  ['Czech without Shift', press('Digit4', 'č'), 4],
  ['QWERTY’s ! is no digit', press('Digit1', '!', ['Shift']), null],
  ['AZERTY’s AltGr+5 is a bracket', press('Digit5', '[', ['Ctrl', 'Alt', 'AltGraph']), null],
  ['Alt+3 for the focus digit', press('Digit3', '3', ['Alt']), 3],
  ['Alt+3 on AZERTY', press('Digit3', '"', ['Alt']), 3],
  ['Alt+1 on a Mac', press('Digit1', '¡', ['Alt']), 1],
  ['Ctrl+1 is the browser’s', press('Digit1', '1', ['Ctrl']), null],
] as const)('the digit meant: %s', (_, event, digit) => {
  expect(digitOf(event)).toBe(digit)
})

test.each([
  ['QWERTY', press('KeyZ', 'z', ['Ctrl']), 'Mod+Z'],
  ['AZERTY, where Z lies on W', press('KeyW', 'z', ['Ctrl']), 'Mod+Z'],
  ['QWERTZ, redo', press('KeyY', 'Z', ['Ctrl', 'Shift']), 'Mod+Shift+Z'],
  ['a Mac', press('KeyK', 'k', ['Meta']), 'Mod+K'],
  ['Cyrillic', press('KeyK', 'л', ['Ctrl']), 'Mod+K'],
  ['Cyrillic letter', press('KeyR', 'к'), 'R'],
  ['Greek', press('KeyS', 'σ', ['Alt']), 'Alt+S'],
  ['Dvorak, where S lies on ;', press('Semicolon', 's', ['Alt']), 'Alt+S'],
  ['Dvorak’s comma, where W lies', press('KeyW', ',', ['Alt']), 'Alt+,'],
  ['Alt+S on a Mac', press('KeyS', 'ß', ['Alt']), 'Alt+S'],
  ['? wherever it lies', press('Comma', '?', ['Shift']), '?'],
  ['AltGr writes a character', press('KeyE', '€', ['Ctrl', 'Alt', 'AltGraph']), '€'],
] as const)('the key meant: %s', (_, event, chord) => {
  expect(chordOf(event)).toBe(chord)
})
