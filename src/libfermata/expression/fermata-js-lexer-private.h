/* fermata-js-lexer-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of token that a parser of expressions has to tell apart. Brackets,
 * comma, semicolon, colon, question mark, dot and slash are their own
 * character. */
typedef enum {
  FERMATA_JS_TOKEN_END = 0,
  FERMATA_JS_TOKEN_NAME = 256,
  FERMATA_JS_TOKEN_PRIVATE_NAME,   /* #name */
  FERMATA_JS_TOKEN_NUMBER,
  FERMATA_JS_TOKEN_STRING,
  FERMATA_JS_TOKEN_TEMPLATE,       /* `…`, or the last piece …` */
  FERMATA_JS_TOKEN_TEMPLATE_PIECE, /* `…${ or }…${ */
  FERMATA_JS_TOKEN_CHAIN,          /* ?. */
  FERMATA_JS_TOKEN_SPREAD,         /* ... */
  FERMATA_JS_TOKEN_ARROW,          /* => */
  FERMATA_JS_TOKEN_ASSIGN,         /* = += &&= … */
  FERMATA_JS_TOKEN_UPDATE,         /* ++ -- */
  FERMATA_JS_TOKEN_SIGN,           /* + - */
  FERMATA_JS_TOKEN_PREFIX,         /* ! ~ */
  FERMATA_JS_TOKEN_BINARY,         /* * && == … */
  FERMATA_JS_TOKEN_INVALID,
} FermataJsTokenKind;

typedef struct {
  FermataJsTokenKind kind;
  gsize start;
  gsize end;
  gboolean after_newline;
} FermataJsToken;

/* Splits JavaScript into tokens. Knows nothing of regular expressions: a slash
 * is a slash, and whoever expects an operand there knows better. */
typedef struct {
  const char *text;
  gsize length;
  gsize position;
  gboolean started;

  /* What is wrong, after FERMATA_JS_TOKEN_INVALID */
  const char *problem;
} FermataJsLexer;

void      fermata_js_lexer_init              (FermataJsLexer       *self,
                                              const char           *text,
                                              gsize                 length,
                                              gsize                 position);
void      fermata_js_lexer_next              (FermataJsLexer       *self,
                                              FermataJsToken       *token);

/* After the } that ends a ${substitution}: the rest of the template. */
void      fermata_js_lexer_continue_template (FermataJsLexer       *self,
                                              FermataJsToken       *token);

/* The name with its \u escapes decoded, the text within the quotes of a
 * string (NULL if it has no UTF-8 form). */
char     *fermata_js_token_dup_name          (const FermataJsToken *token,
                                              const char           *text);
char     *fermata_js_token_dup_string        (const FermataJsToken *token,
                                              const char           *text);
gboolean  fermata_js_token_is                (const FermataJsToken *token,
                                              const char           *text,
                                              const char           *name);

G_END_DECLS
