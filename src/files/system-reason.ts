/** What the system's error codes say, in words that end a sentence or stand in brackets. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'its permissions forbid it',
  EPERM: 'its permissions forbid it',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it, or its folder, is not there',
  ENOTDIR: 'a file stands where a folder is wanted',
  EISDIR: 'it is a folder',
  EEXIST: 'something is there already',
  ENOTEMPTY: 'something is there already',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'it is in use',
  EFBIG: 'it is larger than a file may be',
  EIO: 'the disk does not answer properly',
  ENXIO: 'nothing reads it',
  EPIPE: 'its reader has gone',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than a file may be',
}

/** Why the system refused to read or write something, in words; another error's own words. */
export function systemReason(error: unknown): string {
  const code = systemCode(error)
  if (code !== '') return words[code] ?? `the system says ${code}`
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
}

/** The system's error code, such as `ENOENT`; empty for other errors. */
export function systemCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
