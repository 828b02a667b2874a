/* fermata-scanner-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value-reader.h"

G_BEGIN_DECLS

/* Takes a JSON text apart, token by token, and knows its grammar: whoever asks
 * for tokens gets only sequences that are JSON, and keeps no rules of its own. */

typedef enum {
  FERMATA_TOKEN_ERROR,
  FERMATA_TOKEN_END,            /* of the text */
  FERMATA_TOKEN_NULL,
  FERMATA_TOKEN_FALSE,
  FERMATA_TOKEN_TRUE,
  FERMATA_TOKEN_INTEGER,
  FERMATA_TOKEN_NUMBER,
  FERMATA_TOKEN_NUMBER_TEXT,    /* neither an integer nor a double can hold it */
  FERMATA_TOKEN_STRING,
  FERMATA_TOKEN_NAME,           /* of a member; its value follows */
  FERMATA_TOKEN_BEGIN_ARRAY,
  FERMATA_TOKEN_END_ARRAY,
  FERMATA_TOKEN_BEGIN_OBJECT,
  FERMATA_TOKEN_END_OBJECT,
} FermataToken;

typedef enum {
  FERMATA_EXPECT_VALUE,
  FERMATA_EXPECT_FIRST_ELEMENT, /* or the end of the array */
  FERMATA_EXPECT_FIRST_NAME,    /* or the end of the object */
  FERMATA_EXPECT_COLON,
  FERMATA_EXPECT_NEXT,          /* or the end of what is open */
} FermataExpectation;

typedef struct {
  const char *begin;
  const char *end;
  const char *at;               /* behind the last token */
  FermataExpectation expected;

  /* What the last token is: where it begins, and by its kind one of these.
   * The string lives until the next token. */
  const char *token;
  gint64 integer;
  double number;                /* of a number's text, the nearest */
  const char *string;
  gsize length;

  GString *decoded;             /* a string that has escapes */
  GByteArray *open;             /* '[' or '{' for each container that is open */
  guint max_depth;

  /* After FERMATA_TOKEN_ERROR */
  const char *error_at;         /* the first wrong byte */
  FermataValueError error_code;
  char *error_message;
} FermataScanner;

void         fermata_scanner_init  (FermataScanner    *self,
                                    const char        *text,
                                    gsize              length,
                                    guint              max_depth);
void         fermata_scanner_clear (FermataScanner    *self);
FermataToken fermata_scanner_next  (FermataScanner    *self);

/* Makes an error of the last token, for what is not a matter of grammar. */
FermataToken fermata_scanner_fail  (FermataScanner    *self,
                                    const char        *at,
                                    FermataValueError  code,
                                    const char        *format,
                                    ...) G_GNUC_PRINTF (4, 5);

/* The same for grammar: what was found says the text itself. */
FermataToken fermata_scanner_fail_expecting (FermataScanner *self,
                                             const char     *at,
                                             const char     *expected);

/* The parts that stand in files of their own: at a quote, with the token that
 * the string is to be; at a digit or a minus. */
FermataToken fermata_scanner_read_string (FermataScanner *self,
                                          FermataToken    token);
FermataToken fermata_scanner_read_number (FermataScanner *self);

/* Reads the escape at @at, behind the backslash, of a valid string. Returns
 * what is behind it. */
const char  *fermata_scanner_read_escape (const char  *at,
                                          gunichar    *character);

G_END_DECLS
