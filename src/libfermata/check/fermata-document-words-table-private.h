/* fermata-document-words-table-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-document-words-private.h"

G_BEGIN_DECLS

/* What the tables of words are written with. */

/* Short words for the columns that matter most. */
#define ANY 0
#define BOOLEAN FERMATA_TYPES (BOOLEAN)
#define INTEGER FERMATA_TYPES (INTEGER)
#define NUMBER FERMATA_TYPES (NUMBER)
#define STRING FERMATA_TYPES (STRING)
#define DURATION FERMATA_TYPES (DURATION)
#define ARRAY FERMATA_TYPES (ARRAY)
#define STRINGS FERMATA_TYPES (STRINGS)
#define OBJECT FERMATA_TYPES (OBJECT)
#define CHOICE FERMATA_TYPES (CHOICE)

#define LITERAL FERMATA_MEMBER_FORM_LITERAL
#define TEMPLATE FERMATA_MEMBER_FORM_TEMPLATE
#define EXPRESSION FERMATA_MEMBER_FORM_EXPRESSION
#define CODE FERMATA_MEMBER_FORM_CODE

#define ROLE(role_) .role = FERMATA_ROLE_##role_
#define THING(role_, thing_) ROLE (role_), .thing = FERMATA_THING_##thing_
#define ONLY(kinds_) .kinds = FERMATA_KINDS_##kinds_

#define BETWEEN(least, most) .minimum = (least), .maximum = (most)
#define AT_LEAST(least) BETWEEN (least, G_MAXDOUBLE)

#define MEMBERS(array) array, G_N_ELEMENTS (array)

/* fermata-document-words.c */
extern const char *const fermata_state_types[];
extern const char *const fermata_history_types[];
extern const char *const fermata_on_errors[];

/* fermata-document-words-scxml.c: from FERMATA_THING_SCXML_STATE on. */
extern const FermataThing fermata_scxml_things[];

G_END_DECLS
