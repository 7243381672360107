#!/usr/bin/env node
// Makes a .deb of what electron-builder asks fpm for, with dpkg-deb alone: for machines where fpm cannot be had (CUSTOM_FPM_PATH names
// this file then). It takes the arguments that electron-builder 26 gives for a .deb, and refuses others.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'

const one = { type: 'string' }
const many = { type: 'string', multiple: true }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{
      architecture: one,
      'after-install': one,
      'after-remove': one,
      description: one,
      version: one,
      package: one,
      name: one,
    },
    ...{
      maintainer: one,
      vendor: one,
      url: one,
      category: one,
      'deb-priority': one,
      'deb-compression': one,
      license: one,
    },
    depends: { ...many, short: 'd' },
    'deb-recommends': many,
    force: { type: 'boolean' },
    log: one,
    'input-type': { ...one, short: 's' },
    'output-type': { ...one, short: 't' },
  },
})
if (values['input-type'] !== 'dir' || values['output-type'] !== 'deb')
  throw new Error(
    `Only a folder can be made into a .deb, but ${values['input-type']} into ${values['output-type']} was asked for.`,
  )

/** dpkg-deb's own word for what fpm calls `gz`. */
const compression = values['deb-compression'] === 'gz' ? 'gzip' : values['deb-compression']

const staging = mkdtempSync(join(tmpdir(), 'carryscope-deb-'))
// The package's root folder has its rights: a temporary one is closed to others.
chmodSync(staging, 0o755)
try {
  for (const mapping of positionals) place(mapping)
  changelog()
  const files = filesBelow(staging)
  mkdirSync(join(staging, 'DEBIAN'))
  control('control', controlFields(files))
  control(
    'md5sums',
    files
      .map(
        (file) =>
          `${createHash('md5')
            .update(readFileSync(join(staging, file)))
            .digest('hex')}  ${file}\n`,
      )
      .join(''),
  )
  control('postinst', readFileSync(values['after-install']), 0o755)
  control('postrm', readFileSync(values['after-remove']), 0o755)
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', staging, values.package], {
    stdio: ['ignore', 2, 2],
  })
} finally {
  rmSync(staging, { recursive: true, force: true })
}

/** `SOURCE=TARGET`: a file under that name, or, where the source ends in a slash, what is in it. */
function place(mapping) {
  const at = mapping.lastIndexOf('=')
  const [source, target] = [mapping.slice(0, at), join(staging, mapping.slice(at + 1))]
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  readable(target)
}

/** As fpm does by default: everyone may read, nobody but root may write. */
function readable(path) {
  const about = lstatSync(path)
  if (about.isSymbolicLink()) return
  chmodSync(path, about.isDirectory() || about.mode & 0o111 ? 0o755 : 0o644)
  if (about.isDirectory()) for (const name of readdirSync(path)) readable(join(path, name))
}

/** Like the one that fpm writes where none is given, without the date of the day, so that the same input gives the same file. */
function changelog() {
  const path = join(staging, 'usr/share/doc', values.name, 'changelog.gz')
  const date = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000).toUTCString().replace('GMT', '+0000')
  const text = `${values.name} (${values.version}) unstable; urgency=medium\n\n  * Package created from the app as built.\n\n -- ${values.maintainer}  ${date}\n`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, gzipSync(text, { level: 9 }), { mode: 0o644 })
}

function controlFields(files) {
  const size = Math.ceil(files.reduce((sum, file) => sum + statSync(join(staging, file)).size, 0) / 1024)
  const [synopsis = '', ...more] = values.description.split('\n').map((line) => line.trim())
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    'Installed-Size': size,
    Depends: values.depends?.join(', '),
    Recommends: values['deb-recommends']?.join(', '),
    Section: values.category,
    Priority: values['deb-priority'],
    Homepage: values.url,
    Description: [synopsis, ...more.map((line) => ` ${line || '.'}`)].join('\n'),
  }
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

function control(name, text, mode = 0o644) {
  writeFileSync(join(staging, 'DEBIAN', name), text, { mode })
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(staging, join(entry.parentPath ?? entry.path, entry.name)))
    .toSorted()
}
