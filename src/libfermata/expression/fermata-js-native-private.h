/* fermata-js-native-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-parser-private.h"

G_BEGIN_DECLS

/*
 * An expression that is computed without JavaScript: of literals, paths,
 * arithmetic, comparisons, `&&`, `||`, `??`, `!`, `?:`, `typeof` and `?.`, as
 * conditions of edges mostly are. It gives what JavaScript would, or says that
 * JavaScript has to: where operands are of kinds whose rules are many, where
 * something is wrong, and its message is to be JavaScript's.
 */
typedef struct _FermataJsNative FermataJsNative;

/* Of what @source was parsed from; @names are its references that are no
 * globals, in their order, and outlive it. NULL if it is not of this sort.
 * Sets @is_sure if it is one expression of JavaScript beyond doubt. */
FermataJsNative *fermata_js_native_new      (const char            *text,
                                             gsize                  length,
                                             const FermataJsSource *source,
                                             const FermataNameUse  *names,
                                             gboolean              *is_sure);
void             fermata_js_native_free     (FermataJsNative       *self);

/* FALSE if JavaScript has to say; it changed nothing. */
gboolean         fermata_js_native_evaluate (const FermataJsNative *self,
                                             FermataScope          *scope,
                                             FermataValue         **result);
gboolean         fermata_js_native_test     (const FermataJsNative *self,
                                             FermataScope          *scope,
                                             gboolean              *result);

/* Between the two files of it. */

/* How many operators and operands it may have. */
#define FERMATA_JS_NATIVE_MAX_NODES 64

typedef enum {
  FERMATA_JS_OP_CONSTANT,
  FERMATA_JS_OP_UNDEFINED,
  FERMATA_JS_OP_NUMBER,      /* a literal, NaN and Infinity too */
  FERMATA_JS_OP_PATH,
  FERMATA_JS_OP_CHAIN,       /* ?. and the steps up to the next one */
  FERMATA_JS_OP_NOT,
  FERMATA_JS_OP_NEGATE,
  FERMATA_JS_OP_PLUS,
  FERMATA_JS_OP_TYPEOF,
  FERMATA_JS_OP_ADD,
  FERMATA_JS_OP_SUBTRACT,
  FERMATA_JS_OP_MULTIPLY,
  FERMATA_JS_OP_DIVIDE,
  FERMATA_JS_OP_REMAINDER,
  FERMATA_JS_OP_LESS,
  FERMATA_JS_OP_LESS_EQUAL,
  FERMATA_JS_OP_GREATER,
  FERMATA_JS_OP_GREATER_EQUAL,
  FERMATA_JS_OP_EQUAL,
  FERMATA_JS_OP_NOT_EQUAL,
  FERMATA_JS_OP_SAME,
  FERMATA_JS_OP_NOT_SAME,
  FERMATA_JS_OP_AND,
  FERMATA_JS_OP_OR,
  FERMATA_JS_OP_COALESCE,
  FERMATA_JS_OP_CONDITION,
} FermataJsOp;

/* @operands are indices of other nodes. Which of the rest there is depends on
 * @op. */
typedef struct {
  guint8 op;
  guint8 operands[3];
  guint n_steps;
  union {
    FermataValue *constant;
    double number;
    const FermataNameUse *path;
    char **steps;
  };
} FermataJsNode;

struct _FermataJsNative {
  guint8 root;
  guint n_nodes;
  FermataJsNode nodes[];
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataJsNative, fermata_js_native_free)

G_END_DECLS
