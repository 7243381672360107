import globals from 'globals'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import typescript from 'typescript-eslint'

const typed = ['**/*.ts', '**/*.svelte']
const svelteFiles = ['**/*.svelte', '**/*.svelte.ts']

export default defineConfig(
  { ignores: ['node_modules/', 'out/', 'dist/', 'test-results/', 'playwright-report/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [typescript.configs.strict],
    languageOptions: { globals: globals.node },
  },
  {
    files: typed,
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Typed arrays and labelled tensors are indexed everywhere; `!` there says that a shape was checked before.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `call<M extends Method>(…)` and similar signatures tie a result to a name that is written only once.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A third of all the time that linting takes, for classes and enums that are hardly ever assigned here.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // An async function may satisfy an asynchronous interface without awaiting anything itself.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: svelteFiles,
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: typescript.parser }, globals: globals.browser },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // Rune fields and bindings are assigned by the compiler, which the type-aware rules cannot see.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'prefer-const': 'off',
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      'no-warning-comments': 'error',
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  // What is loaded before a program's own code is loaded as CommonJS.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // A global can only be declared with `var`.
  { files: ['**/*.d.ts'], rules: { 'no-var': 'off' } },
  { files: ['scripts/**', 'src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    // A wait of a second, the test runner's own, fails where a machine is busy.
    files: ['test/**'],
    ignores: ['test/support/patience.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'vi', property: 'waitFor', message: 'Wait with until() of test/support/patience.ts.' },
        { object: 'vi', property: 'waitUntil', message: 'Wait with until() of test/support/patience.ts.' },
      ],
    },
  },
)
