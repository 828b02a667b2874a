/* test-scanner.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "expression/fermata-js-parser-private.h"

/* The free names as "path/of/steps@offset", with a space between. */
static char *
describe_names (const char *source)
{
  FermataJsSource parsed;
  gsize offset;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  if (!fermata_js_source_parse (&parsed, source, strlen (source), 0, FALSE, &offset, &error))
    g_error ("%s: %s at %" G_GSIZE_FORMAT, source, error->message, offset);

  for (guint i = 0; i < fermata_js_names_get_n (parsed.names); i++)
    {
      FermataJsReference *reference = fermata_js_names_get (parsed.names, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              fermata_js_names_get_name (parsed.names, reference));
      for (guint j = 0; j < reference->n_steps; j++)
        g_string_append_printf (text, "/%s", fermata_js_names_get_step (parsed.names, reference, j));
      g_string_append_printf (text, "@%" G_GSIZE_FORMAT, reference->start);
    }

  fermata_js_source_clear (&parsed);
  return g_string_free (text, FALSE);
}

static void
test_names (void)
{
  static const struct {
    const char *source;
    const char *names;
  } cases[] = {
    { "a", "a@0" },
    { "  a.b . c [ 'd e' ] [ 2 ]", "a/b/c/d e/2@2" },
    { "a[\"\\u0041\\x42\\n\"]", "a/AB\n@0" },
    { "a['\\ud83d\\ude00']", "a/\xf0\x9f\x98\x80@0" },
    { "a['\\ud83d'].x", "a@0" },
    { "a[0].b", "a/0/b@0" },
    { "a[01]", "a@0" },
    { "a[1.5]", "a@0" },
    { "a[1e3]", "a@0" },
    { "a[b.c].d", "a@0 b/c@2" },
    { "a?.b.c", "a@0" },
    { "a.b?.[c]", "a/b@0 c@6" },
    { "a.b(c)", "a@0 c@4" },
    { "a.b.c()", "a/b@0" },
    { "a.b().c.d", "a@0" },
    { "a.b?.()", "a@0" },
    { "a.b?.c()", "a/b@0" },
    { "a.b.c?.(d)", "a/b@0 d@8" },
    { "a.b`x${c}y${d.e}z`", "a@0 c@7 d/e@12" },
    { "`${`${a}`}` + b", "a@6 b@14" },
    { "a.b = 1", "a@0" },
    { "a.b.c += d", "a/b@0 d@9" },
    { "a.b++", "a@0" },
    { "--a.b.c", "a/b@2" },
    { "delete a.b.c", "a/b@7" },
    { "typeof a.b", "a/b@7" },
    { "[a.b.c] = d", "a/b@1 d@10" },
    { "({x: a.b} = c)", "a@5 c@12" },
    { "new a.b.c(d)", "a/b@4 d@10" },
    { "new a", "a@4" },
    { "new.target", "" },
    { "1 + 2 * 'x' + \"y\"", "" },
    { "a ? b.c : d", "a@0 b/c@4 d@10" },
    { "a?.5:b", "a@0 b@5" },
    { "a /* b */ + // c\n d", "a@0 d@18" },
    { "{a: b, c}", "b@4 c@7" },
    { "({a, b: c, [d]: e, 'f': g, 1: h, ...i, j() { return k }, get l() { return m }})",
      "a@2 c@8 d@12 e@16 g@24 h@30 i@36 k@52 m@74" },
    { "({get: a, set: b, static: c, of: d, get, set})", "a@7 b@15 c@26 d@33 get@36 set@41" },
    { "({get() { return a }, set() {}})", "a@17" },
    { "({if: a, class: b, new: c}).if", "a@6 b@16 c@24" },
    { "[a, , ...b]", "a@1 b@9" },
    { "x => x.y", "" },
    { "x => y => x + y + z", "z@18" },
    { "(x, y) => x + y + z", "z@18" },
    { "(x, y) + z", "x@1 y@4 z@9" },
    { "() => a", "a@6" },
    { "({x, y: z, ...w}, [u, , v = a] = b, ...r) => x + y + z + w + u + v + r + s",
      "a@28 b@33 y@49 s@73" },
    { "({x = a}) => x", "a@6" },
    { "({x = a} = b) => x", "a@6 b@11" },
    { "({[a]: x}) => x", "a@3" },
    { "(x = y, y) => x", "" },
    { "(f(x), g) => 1", "f@1 x@3" },
    { "a.map(({id}) => id)", "a@0" },
    { "a.map(function (x) { return x + arguments.length + y })", "a@0 y@51" },
    { "function f(x) { return f(x) }", "" },
    { "(function* g() { yield a; yield* b; yield })", "a@23 b@33" },
    { "(() => { const x = a; let {y, z: [w]} = b; var v; return x + y + z + w + v })",
      "a@19 b@40 z@65" },
    { "(() => { if (a) { let x = 1 } return x })", "a@13 x@37" },
    { "(() => { if (a) { var x = 1 } return x })", "a@13" },
    { "(() => { { function f() {} } return f })", "f@36" },
    { "(() => { x = 1; var x })", "" },
    { "(() => { for (const x of a) y(x); return x })", "a@25 y@28 x@41" },
    { "(() => { for (let i = 0, n = a; i < n; i++) { b(i) } })", "a@29 b@46" },
    { "(() => { for (x in a) b })", "x@14 a@19 b@22" },
    { "(() => { for (;;) break })", "" },
    { "(() => { for (const [k, v] of a) if (k) continue; else return v })", "a@30" },
    { "(() => { try { a } catch (e) { e } finally { b } })", "a@15 b@45" },
    { "(() => { try { a } catch { e } })", "a@15 e@27" },
    { "(() => { try { a } catch ({message: m}) { m } })", "a@15" },
    { "(() => { switch (a) { case b: let x; default: x } })", "a@17 b@27" },
    { "(() => { do a; while (b) c })", "a@12 b@22 c@25" },
    { "(() => { while (a) { b } c: for (;;) { break c } })", "a@16 b@21" },
    { "(() => { return\na })", "a@16" },
    { "(() => { throw a })", "a@15" },
    { "(() => { a\n++b })", "a@9 b@13" },
    { "class A extends B { x = a; static y = b; #z = c; m() { return this.#z + A } static { d } }",
      "B@16 a@24 b@38 c@46 d@85" },
    { "(class { static async = 1; get = 2; *g() { yield a } [b]() {} })", "a@49 b@54" },
    { "#x in a", "a@6" },
    { "a.in.of.new", "a/in/of/new@0" },
    { "a in b", "a@0 b@5" },
    { "a instanceof b", "a@0 b@13" },
    { "async.x", NULL },
    { "a.async.await.import", "a/async/await/import@0" },
    { "\\u0061b", "ab@0" },
    { "\\u{61}b.\\u0063", "ab/c@0" },
    { "é.ö", "é/ö@0" },
    { "$ + _", "$@0 _@4" },
    { "a\xe2\x80\xa8.b\xc2\xa0.c", "a/b/c@0" },
    { "a ?? b || c && d", "a@0 b@5 c@10 d@15" },
    { "a **b** c", "a@0 b@4 c@8" },
    { "-a + +b - -c", "a@1 b@6 c@11" },
    { "!a, ~b, void c", "a@1 b@5 c@13" },
    { "a\n(b)", "a@0 b@3" },
    { "(a).b.c", "a@1" },
    { "a && (b.c, d.e)", "a@0 b/c@6 d/e@11" },
    { "((a)) => a", NULL },
    { "0x1F + 1_000 + 1e-5 + .5 + 5. + 10n + a", "a@38" },
    { "1..toString()", "" },
    { "2n.toString() + 1e5.x + 0x1e+a + 1e+a", NULL },
    { "2n.toString() + 1e5.x + 0x1e+a", "a@29" },
    { "1.5.toFixed(a)", "a@12" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = NULL;

      /* Refused, or read wrongly but refused later: JavaScriptCore decides */
      if (cases[i].names == NULL)
        continue;

      names = describe_names (cases[i].source);
      if (strcmp (names, cases[i].names) != 0)
        g_error ("%s: names are “%s”, not “%s”", cases[i].source, names, cases[i].names);
    }
}

static void
test_paths (void)
{
  static const struct {
    const char *source;
    gboolean is_path;
  } cases[] = {
    { "a", TRUE },
    { " a . b [ 'c' ] [ 0 ] ", TRUE },
    { "/* x */ a.b // y", TRUE },
    { "a[\"b\"]", TRUE },
    { "a.length", TRUE },
    { "(a)", FALSE },
    { "a.b()", FALSE },
    { "a?.b", FALSE },
    { "a[b]", FALSE },
    { "a[`b`]", FALSE },
    { "a + b", FALSE },
    { "-a", FALSE },
    { "new a", FALSE },
    { "{a}", FALSE },
    { "[a]", FALSE },
    { "a => a", FALSE },
    { "a = 1", FALSE },
    { "a, a", FALSE },
    { "a.b`c`", FALSE },
    { "1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataJsSource parsed;
      gsize offset;

      g_assert_true (fermata_js_source_parse (&parsed, cases[i].source, strlen (cases[i].source), 0,
                                              FALSE, &offset, NULL));
      if (parsed.is_path != cases[i].is_path)
        g_error ("%s: %s a path", cases[i].source, parsed.is_path ? "is" : "is not");
      fermata_js_source_clear (&parsed);
    }
}

static void
test_errors (void)
{
  static const struct {
    const char *source;
    FermataExpressionError code;
    gsize offset;
  } cases[] = {
    { "", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "  ", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "1); x = 1; (2", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "1; 2", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "a b", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "a +", FERMATA_EXPRESSION_ERROR_SYNTAX, 3 },
    { "(a", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "[a}", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "a)", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "()", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "1 /* x", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "1 + 'abc", FERMATA_EXPRESSION_ERROR_SYNTAX, 4 },
    { "1 + 'a\nb'", FERMATA_EXPRESSION_ERROR_SYNTAX, 4 },
    { "`a${b", FERMATA_EXPRESSION_ERROR_SYNTAX, 5 },
    { "`a${b}c", FERMATA_EXPRESSION_ERROR_SYNTAX, 5 },
    { "1 <!-- 2", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "1\n--> 2", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "--> 2", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "return 1", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "throw 1", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "var a", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "if (a) b", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "await a", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "async () => 1", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "async x => 1", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "(async function () {})", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "({async a() {}})", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "({async *a() {}})", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "({async [a]() {}})", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "class { static async a() {} }", FERMATA_EXPRESSION_ERROR_SYNTAX, 15 },
    { "import('x')", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "import.meta", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "a + __fermata_get(b)", FERMATA_EXPRESSION_ERROR_SYNTAX, 4 },
    { "(__fermata_x) => 1", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "\\u005f_fermata_x", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "a @ b", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "\\", FERMATA_EXPRESSION_ERROR_SYNTAX, 0 },
    { "a.", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
    { "a.1", FERMATA_EXPRESSION_ERROR_SYNTAX, 1 },
    { "a..b", FERMATA_EXPRESSION_ERROR_SYNTAX, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataJsSource parsed;
      gsize offset = 0;
      g_autoptr (GError) error = NULL;

      if (fermata_js_source_parse (&parsed, cases[i].source, strlen (cases[i].source), 0, FALSE, &offset, &error))
        g_error ("%s: is accepted", cases[i].source);
      if (!g_error_matches (error, FERMATA_EXPRESSION_ERROR, (int) cases[i].code) ||
          offset != cases[i].offset)
        g_error ("%s: error %d at %" G_GSIZE_FORMAT ": %s", cases[i].source, error->code, offset, error->message);
    }
}

/* A slash where an operand may begin is a regular expression; behind an
 * operand it divides. */
static void
test_slashes (void)
{
  static const char *const divisions[] = {
    "a / b", "a / b / c", "(a) / b", "a[0] / b", "f() / 2", "1 / 2", "'a' / 2", "`a` / 2", "{} / 1",
    "[] / 1", "a++ / b", "this / 1", "null / 1", "a.if / b", "a.return / b / c", "x => x / 2 / 3",
    "(() => { return a / b / c })", "({}) / a / b", "a /= b", "function () {} / a / b",
    "class {} / a / b", "`${a}` / b / c",
  };
  static const struct {
    const char *source;
    gsize offset;
  } regexps[] = {
    { "/a/", 0 }, { "/=a/", 0 }, { "a + /b/", 4 }, { "f(/b/)", 2 }, { "[/b/]", 1 }, { "{a: /b/}", 4 },
    { "a, /b/", 3 }, { "!/b/", 1 }, { "typeof /b/", 7 }, { "x => /b/", 5 }, { "(() => { return /b/ })", 16 },
    { "(() => { if (a) /b/ })", 16 }, { "(() => { {} /b/ })", 12 }, { "(() => { /b/ })", 9 },
    { "(() => { a\n; /b/ })", 13 }, { "a ? /b/ : c", 4 }, { "a && /b/.test(c)", 5 }, { "`${/b/}`", 3 },
    { "a in /b/", 5 }, { "(() => { while (a) /b/ })", 19 }, { "(function* () { yield /b/ })", 22 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (divisions); i++)
    g_free (describe_names (divisions[i]));

  for (gsize i = 0; i < G_N_ELEMENTS (regexps); i++)
    {
      FermataJsSource parsed;
      gsize offset = 0;
      g_autoptr (GError) error = NULL;

      if (fermata_js_source_parse (&parsed, regexps[i].source, strlen (regexps[i].source), 0,
                                   FALSE, &offset, &error))
        g_error ("%s: is accepted", regexps[i].source);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_REGEXP);
      g_assert_nonnull (strstr (error->message, "matches"));
      if (offset != regexps[i].offset)
        g_error ("%s: at %" G_GSIZE_FORMAT, regexps[i].source, offset);
    }
}

/* Each ends at its first bar, which stands for }}. */
static void
test_template_ends (void)
{
  static const char *const cases[] = {
    "a|",
    " a |",
    "{a: 1}|",
    "{a: {b: 1}}|",
    " {a: {b: {}}} | }}",
    "'}}'|",
    "\"}} \\\" }}\"|",
    "`}}`|",
    "`${{a: {b: 1}}}}}`|",
    "`${`}}${'}}'}`}`|",
    "/* }} */ a|",
    "a /* }} */ |",
    "a // }}\n|",
    "[{a: [{}]}]|",
    "a[{b: {}}]|",
    "f({b: {}})|",
    "(() => { return {a: {}} })()|",
    "a / b| and {{ c / d }}",
    "x => {}|",
    "a.b|}}",
    "a|x'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *bar = strchr (cases[i], '|');
      g_autofree char *text = g_strdup_printf ("{{%.*s}}%s", (int) (bar - cases[i]), cases[i], bar + 1);
      FermataJsSource parsed;
      gsize offset;
      g_autoptr (GError) error = NULL;

      if (!fermata_js_source_parse (&parsed, text, strlen (text), 2, TRUE, &offset, &error))
        g_error ("%s: %s", text, error->message);
      if (parsed.end != (gsize) (bar - cases[i]) + 2)
        g_error ("%s: ends at %" G_GSIZE_FORMAT, text, parsed.end);
      fermata_js_source_clear (&parsed);
    }
}

static char *
nest (const char *open,
      const char *middle,
      const char *close,
      guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

/* Deep nesting is refused, long chains are not. */
static void
test_depth (void)
{
  static const struct {
    const char *open;
    const char *close;
  } deep[] = {
    { "(", ")" }, { "[", "]" }, { "{a:", "}" }, { "x=>", "" }, { "a?b:", "" }, { "`${", "}`" }, { "f(", ")" },
    { "a[", "]" }, { "(()=>{", "})" }, { "new ", "" }, { "a=", "" }, { "(()=>{if(a){", "}})" }, { "class{[", "](){}}" },
    { "function(x=", "){}" },
  };
  static const struct {
    const char *open;
    const char *close;
  } wide[] = {
    { "a+", "" }, { "a,", "" }, { "!", "" }, { "-", "" }, { "", ".b" }, { "", "()" }, { "", "[0]" }, { "typeof ", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (deep); i++)
    {
      g_autofree char *text = nest (deep[i].open, "1", deep[i].close, 100000);
      FermataJsSource parsed;
      gsize offset;
      g_autoptr (GError) error = NULL;

      /* A conditional's last part is not deeper than the first */
      if (strcmp (deep[i].open, "a?b:") == 0)
        {
          g_free (describe_names (text));
          continue;
        }
      if (fermata_js_source_parse (&parsed, text, strlen (text), 0, FALSE, &offset, &error))
        g_error ("%s…: is accepted", deep[i].open);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      g_autofree char *text = nest (wide[i].open, "a", wide[i].close, 10000);

      g_free (describe_names (text));
    }
}

/* Pieces that make up valid and invalid sources alike. */
static const char *const pieces[] = {
  "a", "b.c", "input", "1", "2.5e3", "'x'", "\"y\"", "`z`", "`${", "}`", "(", ")", "[", "]", "{", "}", "{a:", ",", ";",
  ":", "?", "?.", ".", "...", "=>", "=", "==", "+", "-", "/", "*", "**", "++", "--", "!", "&&", "??", "\n", " ", "//",
  "/*", "*/", "function", "function*", "class", "new", "this", "async", "await", "yield", "return", "if", "else", "for",
  "of", "in", "let", "const", "var", "while", "do", "switch", "case", "default", "try", "catch", "finally", "throw",
  "get", "set", "static", "#p", "\\u0061", "\\", "'", "\"", "`", "é", "\xe2\x80\xa8", "<!--", "-->", "}}", "{{", "@",
};

static void
parse_anything (const char *text)
{
  for (guint in_template = 0; in_template < 2; in_template++)
    {
      FermataJsSource parsed;
      gsize offset = G_MAXSIZE;
      g_autoptr (GError) error = NULL;

      if (fermata_js_source_parse (&parsed, text, strlen (text), 0, in_template, &offset, &error))
        {
          g_assert_cmpuint (parsed.start, <=, parsed.end);
          g_assert_cmpuint (parsed.end, <=, strlen (text));
          fermata_js_source_clear (&parsed);
        }
      else
        {
          g_assert_nonnull (error);
          g_assert_cmpuint (offset, <=, strlen (text));
        }
    }
}

static void
test_random_pieces (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (1, 30);

      for (guint j = 0; j < n; j++)
        {
          g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
          if (g_test_rand_int_range (0, 3) == 0)
            g_string_append_c (text, ' ');
        }
      parse_anything (text->str);
    }
}

/* Any bytes, made UTF-8 as the compiler asks for it. */
static void
test_random_bytes (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      char bytes[40];
      gsize n = (gsize) g_test_rand_int_range (1, sizeof bytes);
      g_autofree char *text = NULL;

      for (gsize j = 0; j < n; j++)
        bytes[j] = (char) g_test_rand_int_range (1, 256);
      text = g_utf8_make_valid (bytes, (gssize) n);
      parse_anything (text);
    }
}

/* Every beginning of something that uses everything. */
static void
test_truncated (void)
{
  static const char whole[] =
    "(({a, b: [c = 1, ...d]}, ...e) => { for (const f of g) { if (f) continue; else { h[`x${i}y`] = 'z' / 2 } } "
    "try { class J extends K { static #l = 1; m() { return this.#l } } } catch (n) { throw n } finally { o } "
    "switch (p) { case 1: break; default: q } do { r++ } while (s) return function* t() { yield* u } }) /* end */";

  g_free (describe_names (whole));
  for (gsize i = 0; i < sizeof whole; i++)
    {
      g_autofree char *text = g_strndup (whole, i);

      parse_anything (text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scanner/names", test_names);
  g_test_add_func ("/scanner/paths", test_paths);
  g_test_add_func ("/scanner/errors", test_errors);
  g_test_add_func ("/scanner/slashes", test_slashes);
  g_test_add_func ("/scanner/template-ends", test_template_ends);
  g_test_add_func ("/scanner/depth", test_depth);
  g_test_add_func ("/scanner/random-pieces", test_random_pieces);
  g_test_add_func ("/scanner/random-bytes", test_random_bytes);
  g_test_add_func ("/scanner/truncated", test_truncated);

  return g_test_run ();
}
