// node validate.mjs SCHEMA: reads documents from stdin, each a JSON string in a line, and says of each whether it is valid, or what graphql-js finds first.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { buildSchema, parse, validate } from 'graphql';

const schema = buildSchema(readFileSync(process.argv[2], 'utf8'));

const faultOf = text => {
  try {
    return validate(schema, parse(text))[0];
  } catch (error) {
    return error;
  }
};

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(faultOf(JSON.parse(line))?.message ?? 'valid'));
