import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { oneSentence } from '../../src/core/one-sentence'

test('a short message stays as it is', () => {
  expect(oneSentence('There is no mode "median"; choose one.')).toBe('There is no mode "median"; choose one.')
})

test('separators of lines and paragraphs are spaces, as line breaks are', () => {
  expect(oneSentence('There is no\u2028mode\n"median";\u2029choose one.')).toBe(
    'There is no mode "median"; choose one.',
  )
})

test('what was typed may have any length: the sentence around it is kept whole', () => {
  const { message } = new BadInput(`There is no mode "${'m'.repeat(5000)}"; choose zero, mean or resample.`)
  expect(message).toMatch(/^There is no mode "m+…m+"; choose zero, mean or resample\.$/)
  expect(message.length).toBeGreaterThan(150)
})

test('a path keeps its beginning and its end', () => {
  const path = `/home/someone/${'folder/'.repeat(60)}model.pt`
  expect(oneSentence(`The file "${path}" cannot be read; choose another.`)).toMatch(
    /^The file "\/home\/someone\/.*….*\/model\.pt" cannot be read; choose another\.$/,
  )
})

test('a message of any text is one line of fewer than 300 characters', () => {
  const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('"', '\n', '\x1b[2J', 'x'.repeat(400))))
  fc.assert(
    fc.property(texts, (parts) => {
      const line = oneSentence(parts.join(' '))
      expect(line.length).toBeLessThan(300)
      expect(line).not.toMatch(/[\x00-\x1f\x7f]/)
    }),
  )
})
