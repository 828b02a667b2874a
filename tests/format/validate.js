// Copyright 2026 The Fermata authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// node validate.js MODULES SCHEMA FILE…
//
// Validates files by a schema with ajv. Prints a line of JSON for each: the
// file, and what is wrong with it or null.
'use strict';
const fs = require('fs');
const path = require('path');

const [modules, schema, ...files] = process.argv.slice(2);
const Ajv = require(path.join(modules, 'ajv', 'dist', '2020.js'));

function read(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

// Strict, but for types in `then` and `properties` without a type beside them.
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
const validate = ajv.compile(read(schema));

for (const file of files) {
  const errors = validate(read(file)) ? null : ajv.errorsText(validate.errors);
  console.log(JSON.stringify([file, errors]));
}
