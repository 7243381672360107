import './theme/base.css'
import { mount } from 'svelte'
import { stageHash } from '../contract/stage-hash'
import App from './App.svelte'
import StageWindow from './present/StageWindow.svelte'
import { Application } from './state/application.svelte'
import { loadFonts } from './theme/load-fonts'
import { connect } from './transport'

const target = document.getElementById('app')
if (target) {
  const { engine, bridge } = connect()
  const application = new Application(engine, bridge)
  // The engine answers while the fonts load.
  void application.start()
  await loadFonts()
  mount(location.hash === stageHash ? StageWindow : App, { target, props: { application } })
}
