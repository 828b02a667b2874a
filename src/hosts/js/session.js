/* session.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The world of one machine: its variables as properties of the global object,
 * and the calls.
 *
 * A variable is a property with a getter and a setter, which know what it is as
 * text. So its value is made only when it is read; and what was neither read nor
 * written by code that may change something has not changed. What was is written
 * as text anew, and forgotten: the next to read it gets what the text says.
 *
 * A call answers with a text: r or f (a result, a failure), 0 or 1 (1: what is
 * here could not be put in order, another context is to go on), then the result;
 * or of a failure e, x or s (kinds expression, execution and security) and a
 * message. A call that runs code which may change something answers nothing, and
 * is to be finished once what that code has put off has run, too. */
(function (tools, host) {
  "use strict";

  const { apply, ownKeys, isExtensible, getPrototypeOf, deleteProperty } = Reflect;
  const { getOwnPropertyDescriptor, is } = Object;
  const { stringify } = JSON;
  const { encode, decode, defineProperty } = tools;
  const evaluate = eval;
  const global = globalThis;
  const nothing = /(?:)/;
  const exec = RegExp.prototype.exec;
  const NativeReferenceError = ReferenceError;
  const NativeSyntaxError = SyntaxError;
  const NativeMap = Map;
  const toText = String;

  const variables = new Map ();
  const natives = new Map ();
  const globalPrototype = getPrototypeOf (global);
  const lookUpGetter = Object.prototype.__lookupGetter__.bind (global);
  const nativeNames = [];
  const nativeValues = [];
  let nHazards = 0;
  let nShadowed = 0; /* of what is built in, by variables */
  let tracking = false;
  let touched = [];
  let violation;

  /* Whether making a text or a number of it may call a function of the user's. */
  function noteHazard (one, text)
  {
    const hazard = text !== undefined && text.includes ('{"$function":')
                   && (!text.startsWith ('{"$function":') || text.startsWith ('{"$function":"class'));

    nHazards += (hazard ? 1 : 0) - (one.isHazard ? 1 : 0);
    one.isHazard = hazard;
  }

  /* --- System variables ---------------------------------------------------- */

  const system = new Map ();
  const eventNames = ["name", "type", "sendid", "origin", "origintype", "invokeid", "data"];

  function refuseWrite (name)
  {
    violation = `“${name}” is a system variable, which cannot be changed`;
    return tools.error ("FermataSecurity", violation);
  }

  function readSystem (one)
  {
    if (one.text === undefined)
      return undefined;
    if (!one.has)
      {
        one.value = decode (one.text);
        if (one === system.get ("_event"))
          for (const name of eventNames)
            if (!(name in one.value))
              one.value[name] = undefined;
        one.value = tools.intern (tools.freezeDeep (one.value));
        one.has = true;
      }
    return one.value;
  }

  for (const name of ["_event", "_sessionid", "_name", "_ioprocessors", "_x"])
    {
      const one = { text: undefined, isHazard: false, has: false, value: undefined };

      system.set (name, one);
      defineProperty (global, name, {
        enumerable: true,
        get () { return readSystem (one); },
        set () { throw refuseWrite (name); }
      });
    }

  /* The system variable that says this, if it is an object. */
  tools.findSystem = function (key) {
    for (const one of system.values ())
      if (one.text !== undefined && one.text[0] === "{" && tools.keyOf (readSystem (one)) === key)
        return one.value;
    return undefined;
  };

  function setSystem (name, text)
  {
    const one = system.get (name);

    if (one === undefined || one.text === text)
      return;
    noteHazard (one, text);
    one.text = text;
    one.has = false;
    one.value = undefined;
  }

  tools.setEvent = text => { setSystem ("_event", text === "" ? undefined : text); };
  tools.setSystem = (name, text) => { setSystem (name, text); };

  /* --- Variables ----------------------------------------------------------- */

  function touch (one)
  {
    if (!one.touched)
      {
        one.touched = true;
        touched.push (one);
      }
  }

  function read (one)
  {
    if (tracking && !one.isScalar)
      touch (one);
    if (!one.has)
      {
        one.value = decode (one.text);
        one.has = true;
      }
    return one.value;
  }

  function write (one, value)
  {
    touch (one);
    one.value = value;
    one.has = true;
  }

  function setText (one, text)
  {
    noteHazard (one, text);
    one.text = text;
    one.isScalar = isPlainText (text);
    one.has = false;
    one.value = undefined;
  }

  /* Whether it could be done. */
  function define (one)
  {
    try
      {
        defineProperty (global, one.name, { get: one.get, set: one.set, enumerable: true, configurable: true });
        return true;
      }
    catch
      {
        return false;
      }
  }

  function add (name, text)
  {
    const one = { name, text: "", isScalar: true, isHazard: false, has: false, value: undefined, touched: false };

    one.get = () => read (one);
    one.set = value => { write (one, value); };
    variables.set (name, one);
    nShadowed += natives.has (name) ? 1 : 0;
    setText (one, text);
    return define (one);
  }

  function install (name, text)
  {
    const one = variables.get (name);

    if (one === undefined)
      return add (name, text);
    setText (one, text);
    return true;
  }

  function removeProperty (name)
  {
    if (!deleteProperty (global, name))
      return false;
    if (natives.has (name))
      defineProperty (global, name, natives.get (name));
    return true;
  }

  tools.setVariable = (name, text) => {
    if (!system.has (name))
      install (name, text);
  };

  tools.removeVariable = name => {
    const one = variables.get (name);

    if (one === undefined)
      return;
    setText (one, "null");
    variables.delete (name);
    nShadowed -= natives.has (name) ? 1 : 0;
    removeProperty (name);
  };

  /* --- After code that may have changed something --------------------------- */

  /* Whether the global object is as it was: as many properties, each what it was.
   * What is built in is data, unless somebody has defined it anew. */
  function isUnchanged ()
  {
    if (tools.hasDefined () || !isExtensible (global) || getPrototypeOf (global) !== globalPrototype
        || ownKeys (global).length !== natives.size - nShadowed + variables.size + system.size)
      return false;
    for (const one of variables.values ())
      if (lookUpGetter (one.name) !== one.get)
        return false;
    for (let i = 0; i < nativeNames.length; i++)
      if (!is (global[nativeNames[i]], nativeValues[i]) && !variables.has (nativeNames[i]))
        return false;
    return true;
  }

  /* Where it is not: new and overwritten properties, and null for those that are
   * gone. Undefined if it cannot be put in order. */
  function findChanges ()
  {
    const changes = new NativeMap ();
    let seen = 0;
    let seenNatives = 0;

    if (isUnchanged ())
      return changes;
    if (!isExtensible (global) || getPrototypeOf (global) !== globalPrototype)
      return undefined;
    for (const name of ownKeys (global))
      {
        const one = variables.get (name);

        if (one !== undefined)
          {
            const descriptor = getOwnPropertyDescriptor (global, name);

            seen++;
            if (descriptor.get !== one.get)
              changes.set (name, descriptor);
          }
        else if (natives.has (name))
          {
            const descriptor = getOwnPropertyDescriptor (global, name);

            seenNatives++;
            if (!is (descriptor.value, natives.get (name).value))
              changes.set (name, descriptor);
          }
        else if (typeof name === "symbol")
          return undefined;
        else if (!system.has (name))
          changes.set (name, getOwnPropertyDescriptor (global, name));
      }
    if (seen < variables.size)
      for (const name of variables.keys ())
        if (getOwnPropertyDescriptor (global, name) === undefined)
          changes.set (name, null);
    if (seenNatives < natives.size - nShadowed)
      for (const name of natives.keys ())
        if (getOwnPropertyDescriptor (global, name) === undefined)
          changes.set (name, null);
    return changes;
  }

  /* Puts the global object in order: as what is known of the variables says. */
  function restore (changes)
  {
    let done = changes !== undefined;

    for (const name of done ? changes.keys () : [])
      {
        const one = variables.get (name);

        done = (one !== undefined ? define (one) : removeProperty (name)) && done;
      }
    for (const one of touched)
      {
        one.touched = false;
        one.has = false;
        one.value = undefined;
      }
    touched = [];
    return done;
  }

  function valueOf (descriptor)
  {
    if (descriptor === null)
      return undefined;
    return "value" in descriptor ? descriptor.value
                                 : descriptor.get === undefined ? undefined : apply (descriptor.get, global, []);
  }

  function isPlainText (text)
  {
    return text[0] !== "{" && text[0] !== "[";
  }

  /* Whether getters of what was written as text may have run since it was looked
   * at what has changed. */
  let mayHaveRun = false;

  /* The texts of what has changed, by name. */
  function collect (changes)
  {
    const texts = new NativeMap ();

    /* What is written as text may have getters that read others: these come last */
    for (let i = 0; i < touched.length; i++)
      {
        const one = touched[i];

        if (changes?.has (one.name))
          continue;
        const text = encode (one.value, one.name);
        mayHaveRun ||= !isPlainText (text);
        if (text !== one.text)
          texts.set (one.name, text);
      }
    for (const [name, descriptor] of changes ?? [])
      {
        /* What is built in comes back */
        if (descriptor === null && !variables.has (name))
          continue;
        const text = encode (valueOf (descriptor), name);

        mayHaveRun = true;
        if (text !== variables.get (name)?.text)
          texts.set (name, text);
      }
    return texts;
  }

  function show (texts)
  {
    let out = "";

    for (const [name, text] of texts)
      out += `${out === "" ? "" : ","}${stringify (name.toWellFormed ())}:${text}`;
    return `{${out}}`;
  }

  /* --- Failures ------------------------------------------------------------ */

  let linesBefore = 0; /* of the code, that are not the user's */

  function fail (thrown)
  {
    return violation !== undefined ? `s${violation}` : tools.describe (thrown, linesBefore);
  }

  /* --- Calls --------------------------------------------------------------- */

  /* What is under way: what it gives, once code has run. */
  let pending;

  function begin (finish, run)
  {
    pending = { finish, value: undefined, failure: undefined };
    tracking = true;
    try
      {
        pending.value = run ();
      }
    catch (thrown)
      {
        pending.failure = fail (thrown);
      }
    return "";
  }

  tools.finish = function () {
    const { finish, value } = pending;
    let { failure } = pending;
    const changes = findChanges ();
    let result = "";
    let texts;

    try
      {
        if (failure === undefined && finish === null)
          texts = collect (changes);
        else if (failure === undefined)
          {
            mayHaveRun = typeof value === "object";
            result = finish (value);
          }
      }
    catch (thrown)
      {
        failure = fail (thrown);
      }
    if (failure === undefined && violation !== undefined)
      failure = fail (violation);
    if (failure === undefined && changes === undefined)
      failure = fail ("the global object itself cannot be changed");
    tracking = false;
    pending = undefined;

    if (failure === undefined && texts !== undefined)
      result = show (texts);
    return (failure === undefined ? "r" : "f") + (settle (failure === undefined ? texts : undefined, changes) ? "0" : "1")
           + (failure ?? result);
  };

  function forgetObjects ()
  {
    for (const one of variables.values ())
      one.has = one.has && one.isScalar;
    for (const one of system.values ())
      one.has = false;
  }

  /* Makes the variables what the texts say, and everything else as it was. */
  function settle (texts, changes)
  {
    let done = true;

    apply (exec, nothing, [""]);
    violation = undefined;
    linesBefore = 0;
    for (const [name, text] of texts ?? [])
      if (!system.has (name))
        done = install (name, text) && done;
    done = restore (mayHaveRun ? findChanges () : changes) && done;
    mayHaveRun = false;
    tools.forgetDefined ();
    if (tools.forgetInterned ())
      forgetObjects ();
    return done;
  }

  /* What failed before anything ran, or in code that changes nothing. */
  function refuse (thrown)
  {
    const text = `f0${fail (thrown)}`;

    violation = undefined;
    return text;
  }

  function isSafe (compiled)
  {
    return compiled.onlyReads && nHazards === 0 && !variables.has ("In");
  }

  function ask (code, finish)
  {
    try
      {
        const compiled = tools.compile (code);

        tools.prepare ();
        if (!isSafe (compiled))
          return begin (finish, compiled.run);
        return `r0${finish (compiled.run ())}`;
      }
    catch (thrown)
      {
        return refuse (thrown);
      }
  }

  const finishValue = value => encode (value, "the value");
  const finishTruth = value => (value ? "true" : "false");

  tools.evaluate = code => ask (code, finishValue);
  tools.test = code => ask (code, finishTruth);

  /* Only one variable changes: as text at once. */
  function putSafely (name, value)
  {
    const text = encode (value, name);
    const one = variables.get (name);

    if (one?.text === text)
      {
        one.has = one.has && one.isScalar;
        return "r0{}";
      }
    return `r${install (name, text) ? 0 : 1}{${stringify (name)}:${text}}`;
  }

  function putInto (one, location, value)
  {
    try
      {
        location.put (value);
        return putSafely (one.name, read (one));
      }
    finally
      {
        one.has = one.has && one.isScalar;
      }
  }

  function checkRoot (location, code)
  {
    const name = location.root;

    if (system.has (name))
      throw refuseWrite (name);
    if (name === undefined)
      throw new NativeReferenceError (`“${code}” does not begin with a variable`);
    if (!variables.has (name))
      throw new NativeReferenceError (`there is no variable “${name}”`);
  }

  function assign (code, compiled)
  {
    const location = tools.compileLocation (code);

    checkRoot (location, code);
    tools.prepare ();
    if (isSafe (compiled) && location.isName)
      return putSafely (location.root, compiled.run ());
    if (isSafe (compiled) && isSafe (location))
      return putInto (variables.get (location.root), location, compiled.run ());
    return begin (null, () => { location.put (compiled.run ()); });
  }

  function declare (code, compiled)
  {
    const name = code.trim ();

    if (system.has (name))
      throw refuseWrite (name);
    tools.checkName (name);
    if (natives.get (name)?.configurable === false)
      throw new NativeSyntaxError (`“${name}” is no name of a variable`);
    tools.prepare ();
    if (isSafe (compiled))
      return putSafely (name, compiled.run ());
    return begin (null, () => {
      const value = compiled.run ();

      if (variables.has (name))
        write (variables.get (name), value);
      else
        defineProperty (global, name, { value, writable: true, enumerable: true, configurable: true });
    });
  }

  function attempt (run)
  {
    try
      {
        return run ();
      }
    catch (thrown)
      {
        return refuse (thrown);
      }
  }

  const constant = text => ({ run: () => decode (text), onlyReads: true });

  tools.assign = (code, expression) => attempt (() => assign (code, tools.compile (expression)));
  tools.assignValue = (code, text) => attempt (() => assign (code, constant (text)));
  tools.declare = (code, expression) => attempt (() => declare (code, tools.compile (expression)));
  tools.declareValue = (code, text) => attempt (() => declare (code, constant (text)));

  /* --- Programs ------------------------------------------------------------ */

  const literals = new Set (["this", "null", "true", "false"]);

  /* What let, const and class make are no properties of the global object: they
   * are read by code in the midst of theirs, and are variables from then on. */
  function keepLexical (names, look)
  {
    for (const name of names)
      {
        let value;

        try
          {
            value = look (name);
          }
        catch
          {
            continue;
          }
        if (literals.has (name) || (name in global && value === global[name]))
          continue;
        if (system.has (name))
          throw refuseWrite (name);
        defineProperty (global, name, { value, writable: true, enumerable: true, configurable: true });
      }
  }

  function runWithNames (code, names)
  {
    let look;

    names.delete ("__fermata");
    defineProperty (global, "__fermata", {
      configurable: true,
      value: found => {
        delete global.__fermata;
        look = found;
      }
    });
    try
      {
        evaluate (`__fermata (__fermata => eval (__fermata));${code}`);
      }
    finally
      {
        delete global.__fermata;
      }
    keepLexical (names, look);
  }

  tools.execute = function (code) {
    const names = tools.lexicalNames (code);
    const { run } = tools.compileProgram (code);

    tools.prepare ();
    linesBefore = run !== null ? tools.linesBefore : 0;
    return begin (null, () => {
      if (names !== undefined)
        runWithNames (code, names);
      else if (run !== null)
        run ();
      else
        evaluate (code);
    });
  };

  /* --- What there is beside JavaScript -------------------------------------- */

  const { random } = Math;
  let seeded = false;

  tools.prepare = () => { seeded = false; };

  Math.random = {
    random () {
      if (!seeded)
        tools.setSeed (host.seedHigh (), host.seedLow ());
      seeded = true;
      return random ();
    }
  }.random;

  function harmless (name, method)
  {
    defineProperty (method, "name", { value: name });
    return method;
  }

  const silent = ["log", "info", "debug", "warn", "error", "trace"].map (name => [name, harmless (name, () => {})]);

  for (const [name, value] of [
    ["In", harmless ("In", id => host.isActive (toText (id)))],
    ["print", harmless ("print", () => {})],
    ["console", Object.fromEntries (silent)],
  ])
    defineProperty (global, name, { value, writable: true, configurable: true });

  tools.freezeNatives ();
  for (const name of ownKeys (global))
    if (!system.has (name))
      {
        natives.set (name, getOwnPropertyDescriptor (global, name));
        nativeNames.push (name);
        nativeValues.push (global[name]);
      }
  tools.forgetDefined ();
})
