// Speaks to a schema registry with the client that JavaScript programs use.
//   node client.js <url> encode <subject>   a value as JSON on stdin, its bytes as hex on stdout
//   node client.js <url> decode             bytes as hex on stdin, their value as JSON on stdout
const { readFileSync } = require('node:fs')
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')

const [url, action, subject] = process.argv.slice(2)
const registry = new SchemaRegistry({ host: url })

const actions = {
  encode: async input => {
    const id = await registry.getLatestSchemaId(subject)
    return (await registry.encode(id, JSON.parse(input))).toString('hex')
  },
  decode: async input => JSON.stringify(await registry.decode(Buffer.from(input.trim(), 'hex'))),
}

actions[action](readFileSync(0, 'utf8')).then(
  output => console.log(output),
  error => {
    console.error(error)
    process.exitCode = 1
  },
)
