import { expect, test } from 'vitest'
import { builtPage, developmentPage, schemePage } from '../../src/main/page'

const built = builtPage('file:///app/out/renderer/index.html', '/app/out/renderer')

test.each([
  'file:///app/out/renderer/index.html',
  'file:///app/out/renderer/assets/index.js',
  'file:///app/out/renderer/index.html#C1',
])('the built page owns %s', (url) => {
  expect(built.owns(url)).toBe(true)
})

test.each([
  'file:///app/out/main/index.js',
  'file:///app/out/renderer/../main/index.js',
  'file:///app/out/renderer/..%2Fmain/index.js',
  'file:///app/out/renderer-of-another/index.html',
  'file:///etc/passwd',
  'file://elsewhere/app/out/renderer/index.html',
  'https://example.org/app/out/renderer/index.html',
  'about:blank',
  '',
])('the built page does not own "%s"', (url) => {
  expect(built.owns(url)).toBe(false)
})

test.each(['app://carryscope/index.html', 'app://carryscope/assets/index.js', 'app://carryscope/index.html#C1'])(
  'the page of the scheme owns %s',
  (url) => {
    expect(schemePage().owns(url)).toBe(true)
  },
)

test.each([
  'app://elsewhere/index.html',
  'app://carryscope.example.org/index.html',
  'app://carryscope:1/index.html',
  'file:///app/out/renderer/index.html',
  'https://carryscope/index.html',
  'blob:app://carryscope/1',
  '',
])('the page of the scheme does not own "%s"', (url) => {
  expect(schemePage().owns(url)).toBe(false)
})

test('the development page owns its origin and its reload socket, and no other port', () => {
  const page = developmentPage('http://localhost:5173')
  expect(page.owns('http://localhost:5173/main.ts')).toBe(true)
  expect(page.owns('ws://localhost:5173/')).toBe(true)
  expect(page.owns('http://localhost:5174/main.ts')).toBe(false)
  expect(page.owns('http://localhost.example.org:5173/')).toBe(false)
})

test('a development server elsewhere is refused', () => {
  expect(() => developmentPage('http://example.org:5173')).toThrow(
    'The development server has to be on this machine, but its address is http://example.org:5173.',
  )
})
