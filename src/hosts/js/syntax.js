/* syntax.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What can be told of code before it runs, and its compiling. */
(function (tools) {
  "use strict";

  const evaluate = eval;
  const NativeFunction = Function;
  const NativeSyntaxError = SyntaxError;
  const NativeMap = Map;
  const NativeSet = Set;

  /* --- Which expressions change nothing ------------------------------------ */

  /* One token at a time; what is not in it may be anything. An assignment never
   * is: after the operator before it stands an equals sign alone. */
  const token = new RegExp ([
    "(?<space>[ \\t\\r\\n]+)",
    "(?<word>[A-Za-z_$][A-Za-z0-9_$]*)",
    "(?<literal>0[xX][0-9a-fA-F]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![\\w$])|" +
      "'(?:[^'\\\\\\r\\n]|\\\\[^\\r\\n])*'|\"(?:[^\"\\\\\\r\\n]|\\\\[^\\r\\n])*\")",
    "(?<mark>===|!==|==|!=|<<|>>>|>>|<=|>=|&&|\\|\\||\\?\\?|\\?\\.(?![0-9])|\\+(?!\\+)|-(?!-)|/(?![/*])|" +
      "[*%<>&|^~!?:,.[\\](){}])",
  ].join ("|"), "y");

  const forbidden = new Set ([
    "arguments", "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger",
    "default", "delete", "do", "else", "enum", "export", "extends", "finally", "for", "function", "if",
    "import", "let", "new", "return", "static", "super", "switch", "throw", "try", "var", "while", "with",
    "yield",
  ]);
  const operators = new Set (["in", "instanceof", "typeof", "void"]);

  /* Functions that change nothing, and call nothing that they are given. */
  const pureFunctions = new Set (["In", "Boolean", "Number", "String", "isFinite", "isNaN", "parseFloat", "parseInt"]);
  const pureMethods = new Set ([
    "abs", "acos", "asin", "at", "atan", "atan2", "ceil", "charAt", "charCodeAt", "concat", "cos", "endsWith",
    "exp", "floor", "getAttribute", "getElementsByTagName", "getTime", "hasAttribute", "hasOwnProperty",
    "includes", "indexOf", "isArray", "isInteger", "join", "lastIndexOf", "log", "max", "min", "now", "pow",
    "random", "round", "sign", "sin", "slice", "sqrt", "startsWith", "substr", "substring", "tan", "toFixed",
    "toLowerCase", "toUpperCase", "trim", "trunc",
  ]);

  /* Whether it only reads, given that no function of the user's own is called
   * when a value is made a text or a number. */
  function onlyReads (code)
  {
    const last = ["", "", ""];

    token.lastIndex = 0;
    while (token.lastIndex < code.length)
      {
        const groups = token.exec (code)?.groups;

        if (groups === undefined)
          {
            token.lastIndex = 0;
            return false;
          }
        if (groups.space !== undefined)
          continue;

        const isMember = last[2] === "." || last[2] === "?.";
        const after = last[2] === "word" || last[2] === "literal" || last[2] === ")" || last[2] === "]" || last[2] === "}";
        let kind = groups.mark ?? "literal";

        if (groups.word !== undefined)
          {
            if (!isMember && forbidden.has (groups.word))
              return false;
            kind = !isMember && operators.has (groups.word) ? "operator" : "word";
            last.word = groups.word;
            last.isMember = isMember;
          }
        else if (kind === "/" && !after)
          return false;
        else if (kind === "(" && (after || isMember)
                 && !(last[2] === "word" && (last.isMember ? pureMethods : pureFunctions).has (last.word)))
          return false;
        last[2] = kind;
      }
    return true;
  }

  /* --- Compiling ----------------------------------------------------------- */

  const most = 4000;
  const longest = 20000;

  function remembered (make)
  {
    let known = new NativeMap ();

    return function (code) {
      let result = known.get (code);

      if (result === undefined)
        {
          result = make (code);
          if (known.size >= most)
            known = new NativeMap ();
          if (code.length <= longest)
            known.set (code, result);
        }
      return result;
    };
  }

  /* Whether it could go on; nothing of it runs, whatever it closes. */
  function endsEarly (code)
  {
    try
      {
        evaluate (`throw null; () => [${code}\n`);
      }
    catch (error)
      {
        return error instanceof NativeSyntaxError && /end of script/.test (error.message);
      }
  }

  /* @begin and @end are ours, and whoever wrote @code knows of neither. */
  function evaluateWithin (begin, code, end, what)
  {
    if (code.trim () === "")
      throw new NativeSyntaxError (`there is no ${what}`);
    try
      {
        return evaluate (`${begin}${code}\n${end}`);
      }
    catch (error)
      {
        if (endsEarly (code))
          throw new NativeSyntaxError (`the ${what} ends too early`);
        throw error;
      }
  }

  /* What closes a bracket that is not its own closes only one sort of them. */
  function checkIsOne (code, what)
  {
    try
      {
        evaluate (`() => [${code}\n]`);
      }
    catch
      {
        throw new NativeSyntaxError (`not one ${what}`);
      }
  }

  tools.compile = remembered (code => {
    const run = evaluateWithin ("() => (", code, ")", "expression");

    checkIsOne (code, "expression");
    return { run, onlyReads: onlyReads (code) };
  });

  /* In strict mode, where an assignment that has no effect is an error. */
  tools.compileLocation = remembered (code => {
    const root = /^\s*([A-Za-z_$][\w$]*|[^\s.[\]()?,;=+*/%&|^!~<>:{}'"`#@\\-]+)\s*(?=[.[]|$)/.exec (code)?.[1];
    const put = evaluateWithin ("(__fermata) => { \"use strict\"; (", code, ") = __fermata; }", "location");

    checkIsOne (code, "location");
    return { root, put, isName: root === code.trim (), onlyReads: onlyReads (code) };
  });

  tools.checkName = remembered (name => {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test (name))
      throw new NativeSyntaxError (`“${name}” is no name of a variable`);
    evaluate (`(${name}) => 0`);
    return true;
  });

  /* --- Programs ------------------------------------------------------------ */

  const lexical = /(?<![\w$.])(?:let|const|class)(?![\w$])/;
  const declares = /(?<![\w$.])(?:let|const|class|var|function|arguments|return|await|yield|import|super|new\s*\.)(?![\w$])|\\|use strict/;

  /* Words that may be names of let, const or class. */
  tools.lexicalNames = function (code) {
    return lexical.test (code) ? new NativeSet (code.match (/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) : undefined;
  };

  /* A body that is run again and again, if it says the same as a program. */
  tools.compileProgram = remembered (code => {
    try
      {
        return { run: declares.test (code) ? null : NativeFunction (code) };
      }
    catch
      {
        return { run: null };
      }
  });

  /* Of a body, what JavaScriptCore writes before it. */
  tools.linesBefore = 2;
})
