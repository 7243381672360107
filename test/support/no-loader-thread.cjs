// Loaded into every Node of the stand-in: no thread that loads ES modules, which the app has none of, is started beside it.
require('node:module').register = () => undefined
