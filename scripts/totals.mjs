// Reads how many tests passed and failed, and which were skipped, from the runners' JSON reports.
import { existsSync, readFileSync } from 'node:fs'

/** A runner that broke before it could report counts as one failure. */
const broken = { passed: 0, failed: 1, skipped: [] }

export function vitestTotals(path) {
  if (!existsSync(path)) return broken
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'))
  const tests = testResults.flatMap((file) => file.assertionResults)
  // A file that could not be loaded has no tests to fail.
  const unloadable = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + unloadable.length,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  }
}

export function playwrightTotals(path) {
  if (!existsSync(path)) return broken
  const { suites, errors } = JSON.parse(readFileSync(path, 'utf8'))
  const tests = suites.flatMap((suite) => testsOf(suite, []))
  return {
    passed: tests.filter((test) => test.status === 'expected' || test.status === 'flaky').length,
    failed: tests.filter((test) => test.status === 'unexpected').length + errors.length,
    skipped: tests.filter((test) => test.status === 'skipped').map((test) => test.name),
  }
}

function testsOf(suite, path) {
  const here = [...path, suite.title]
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map(({ status, projectName, annotations }) => {
      const reasons = annotations.map((annotation) => annotation.description ?? '').join(' ')
      return { status, name: [projectName, ...here, spec.title, reasons].filter(Boolean).join(' › ') }
    }),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, here))]
}
