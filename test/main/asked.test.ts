import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { askedBy } from '../../src/main/asked'

const here = resolve('/somewhere')
const link = 'carryscope:1?sum=2968+1606'

test.each([
  [['--model', 'a.pt'], resolve(here, 'a.pt'), null],
  [['--model=a.pt', 'b.pt'], resolve(here, 'a.pt'), null],
  [['a.safetensors'], resolve(here, 'a.safetensors'), null],
  [[pathToFileURL(resolve('/m/my model.PT')).href], resolve('/m/my model.PT'), null],
  [['/m/folder/config.json'], resolve('/m/folder/config.json'), null],
  [['talk.carryscope.json'], null, resolve(here, 'talk.carryscope.json')],
  [['--open', 'talk.json'], null, resolve(here, 'talk.json')],
  [[`--open=${link}`], null, link],
  [[link], null, link],
  [['a.pt', link], resolve(here, 'a.pt'), link],
  [['.'], null, null],
  [['--model'], null, null],
  [['--allow-file-access-from-files', '--enable-features=a.pt', 'https://example.org/a'], null, null],
  [['file://%zz'], null, null],
])('%j asks for the model %s and for %s', (args, model, text) => {
  expect(askedBy(args, here)).toEqual({ model, text })
})
