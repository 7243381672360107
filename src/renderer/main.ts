import './theme/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { loadFonts } from './theme/load-fonts'
import { connect } from './transport'

const target = document.getElementById('app')
if (target) {
  await loadFonts()
  mount(App, { target, props: connect() })
}
