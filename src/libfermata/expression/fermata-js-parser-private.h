/* fermata-js-parser-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"
#include "expression/fermata-js-lexer-private.h"
#include "expression/fermata-js-names-private.h"

G_BEGIN_DECLS

/* Deeper nesting is refused: the parser, and JavaScriptCore's, descend. */
#define FERMATA_JS_MAX_DEPTH 200

/* What follows so many constant steps is left to JavaScript. */
#define FERMATA_JS_MAX_STEPS 64

/* Names that the compiled text adds to a user's begin so; no user's may. */
#define FERMATA_JS_RESERVED_PREFIX "__fermata_"

/* Finds what JavaScriptCore does not tell: free names, constant paths, regular
 * expressions, and where an expression ends that is within other text. Reads
 * whatever is an expression, and much that is none: JavaScriptCore decides. */
typedef struct {
  FermataJsLexer lexer;
  FermataJsToken token;
  gsize previous_end;
  guint depth;
  gboolean uses_this;
  FermataJsNames *names;

  /* The first thing that is wrong */
  GError *error;
  gsize error_offset;
} FermataJsParser;

typedef enum {
  FERMATA_JS_OPERAND_OTHER,
  FERMATA_JS_OPERAND_REFERENCE,
  FERMATA_JS_OPERAND_LITERAL,   /* of an array or object: could be a pattern */
} FermataJsOperandKind;

typedef struct {
  FermataJsOperandKind kind;
  guint reference;
  gboolean open;                /* whether a constant step may still follow */
} FermataJsOperand;

/* What a parsed text holds. */
typedef struct {
  FermataJsNames *names;
  gsize start;
  gsize end;
  gboolean is_path;
  gboolean uses_this;   /* outside of any function that has one */
} FermataJsSource;

gboolean fermata_js_source_parse      (FermataJsSource    *self,
                                       const char         *text,
                                       gsize               length,
                                       gsize               start,
                                       gboolean            in_template,
                                       gsize              *error_offset,
                                       GError            **error);
void     fermata_js_source_clear      (FermataJsSource    *self);

/* Among the files of the parser. Those that return a boolean return FALSE once
 * something is wrong. */
gboolean fermata_js_parser_fail       (FermataJsParser        *self,
                                       FermataExpressionError  code,
                                       gsize                   offset,
                                       const char             *format,
                                       ...) G_GNUC_PRINTF (4, 5);
gboolean fermata_js_parser_unexpected (FermataJsParser        *self);
void     fermata_js_parser_advance    (FermataJsParser        *self);
gboolean fermata_js_parser_is         (FermataJsParser        *self,
                                       const char             *word);
gboolean fermata_js_parser_is_one_of  (FermataJsParser        *self,
                                       const char *const      *words);
gboolean fermata_js_parser_accept     (FermataJsParser        *self,
                                       int                     kind);
gboolean fermata_js_parser_accept_word (FermataJsParser       *self,
                                       const char             *word);
gboolean fermata_js_parser_expect     (FermataJsParser        *self,
                                       int                     kind);
FermataJsToken fermata_js_parser_peek (FermataJsParser        *self);
gboolean fermata_js_parser_enter      (FermataJsParser        *self);
void     fermata_js_parser_leave      (FermataJsParser        *self);
char    *fermata_js_parser_take_name  (FermataJsParser        *self);

gboolean fermata_js_parse_expression  (FermataJsParser        *self);
gboolean fermata_js_parse_assignment  (FermataJsParser        *self,
                                       gboolean                in_pattern);
gboolean fermata_js_parse_list        (FermataJsParser        *self,
                                       int                     closing);
gboolean fermata_js_parse_primary     (FermataJsParser        *self,
                                       FermataJsOperand       *operand);
gboolean fermata_js_parse_member      (FermataJsParser        *self,
                                       FermataJsOperand       *operand);
gboolean fermata_js_parse_template    (FermataJsParser        *self);
gboolean fermata_js_parse_property_key (FermataJsParser       *self);
gboolean fermata_js_parse_method      (FermataJsParser        *self);
gboolean fermata_js_parse_modifiers   (FermataJsParser        *self);

gboolean fermata_js_parse_function    (FermataJsParser        *self,
                                       gboolean                is_statement);
gboolean fermata_js_parse_arrow       (FermataJsParser        *self,
                                       guint                   mark);
gboolean fermata_js_parse_class       (FermataJsParser        *self,
                                       gboolean                is_statement);
gboolean fermata_js_parse_block       (FermataJsParser        *self);

G_END_DECLS
