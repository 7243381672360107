import './theme/base.css'
import { mount } from 'svelte'
import { stageHash } from '../contract/stage-hash'
import App from './App.svelte'
import { knowLineHeights } from './charts/line-height'
import { Application } from './state/application.svelte'
import { loadFonts } from './theme/load-fonts'
import { connect } from './transport'

const target = document.getElementById('app')
if (target) {
  const { engine, bridge } = connect()
  const application = new Application(engine, bridge)
  // The engine answers while the fonts load.
  void application.start()
  const view = location.hash === stageHash ? import('./present/StageWindow.svelte') : { default: App }
  await loadFonts()
  knowLineHeights(document.createElement('canvas').getContext('2d')!)
  mount((await view).default, { target, props: { application } })
}
