// Loaded into a Node process, before its own code where that can be had: writes to the file that OUTWARD_LOG names which process it is, and
// every name that it looks up and every address that it connects or sends to, unless that is this machine.
const { appendFileSync } = require('node:fs')
const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')

const note = (text) => appendFileSync(process.env.OUTWARD_LOG, `${text}\n`)
const isHere = (host) => ['127.0.0.1', '::1', 'localhost', ''].includes(String(host ?? ''))

note(`process ${process.pid}`)

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  const options = [args[0]].flat()[0]
  if (typeof options === 'object' && !options.path && !isHere(options.host))
    note(`connect ${options.host}:${options.port}`)
  return connect.apply(this, args)
}

const { send } = dgram.Socket.prototype
dgram.Socket.prototype.send = function (...args) {
  note('datagram')
  return send.apply(this, args)
}

for (const resolver of [dns, dns.promises]) {
  const { lookup } = resolver
  resolver.lookup = (host, ...rest) => {
    if (!isHere(host)) note(`lookup ${host}`)
    return lookup.call(resolver, host, ...rest)
  }
}
