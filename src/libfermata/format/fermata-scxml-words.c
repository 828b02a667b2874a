/* fermata-scxml-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

/* The elements of SCXML 1.0 and their attributes, in the order of the
 * recommendation, sections 3 to 6. */

#define LIST(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define NOTHING ((const char *const[]) { NULL })
#define BIT(tag) FERMATA_SCXML_BIT (tag)

#define ACTIONS (BIT (RAISE) | BIT (IF) | BIT (FOREACH) | BIT (LOG) | BIT (ASSIGN) | BIT (SCRIPT) | \
                 BIT (SEND) | BIT (CANCEL))

static const FermataScxmlWord words[] = {
  { "scxml", FERMATA_SCXML_SCXML,
    LIST ("initial", "name", "version", "datamodel", "binding"), NOTHING, NOTHING,
    BIT (STATE) | BIT (PARALLEL) | BIT (FINAL) | BIT (DATAMODEL) | BIT (SCRIPT),
    BIT (DATAMODEL) | BIT (SCRIPT), FALSE },
  { "state", FERMATA_SCXML_STATE,
    LIST ("id", "initial"), NOTHING, LIST ("initial <initial>"),
    BIT (ONENTRY) | BIT (ONEXIT) | BIT (TRANSITION) | BIT (INITIAL) | BIT (STATE) | BIT (PARALLEL) |
    BIT (FINAL) | BIT (HISTORY) | BIT (DATAMODEL) | BIT (INVOKE),
    BIT (INITIAL) | BIT (DATAMODEL), FALSE },
  { "parallel", FERMATA_SCXML_PARALLEL,
    LIST ("id"), NOTHING, NOTHING,
    BIT (ONENTRY) | BIT (ONEXIT) | BIT (TRANSITION) | BIT (STATE) | BIT (PARALLEL) | BIT (HISTORY) |
    BIT (DATAMODEL) | BIT (INVOKE),
    BIT (DATAMODEL), FALSE },
  { "transition", FERMATA_SCXML_TRANSITION,
    LIST ("event", "cond", "target", "type"), NOTHING, NOTHING, ACTIONS, 0, FALSE },
  { "initial", FERMATA_SCXML_INITIAL,
    NOTHING, LIST ("<transition>"), NOTHING, BIT (TRANSITION), BIT (TRANSITION), FALSE },
  { "final", FERMATA_SCXML_FINAL,
    LIST ("id"), NOTHING, NOTHING, BIT (ONENTRY) | BIT (ONEXIT) | BIT (DONEDATA), BIT (DONEDATA), FALSE },
  { "onentry", FERMATA_SCXML_ONENTRY, NOTHING, NOTHING, NOTHING, ACTIONS, 0, FALSE },
  { "onexit", FERMATA_SCXML_ONEXIT, NOTHING, NOTHING, NOTHING, ACTIONS, 0, FALSE },
  { "history", FERMATA_SCXML_HISTORY,
    LIST ("id", "type"), NOTHING, NOTHING, BIT (TRANSITION), BIT (TRANSITION), FALSE },
  { "raise", FERMATA_SCXML_RAISE, LIST ("event"), LIST ("event"), NOTHING, 0, 0, FALSE },
  { "if", FERMATA_SCXML_IF,
    LIST ("cond"), LIST ("cond"), NOTHING, ACTIONS | BIT (ELSEIF) | BIT (ELSE), BIT (ELSE), FALSE },
  { "elseif", FERMATA_SCXML_ELSEIF, LIST ("cond"), LIST ("cond"), NOTHING, 0, 0, FALSE },
  { "else", FERMATA_SCXML_ELSE, NOTHING, NOTHING, NOTHING, 0, 0, FALSE },
  { "foreach", FERMATA_SCXML_FOREACH,
    LIST ("array", "item", "index"), LIST ("array", "item"), NOTHING, ACTIONS, 0, FALSE },
  { "log", FERMATA_SCXML_LOG, LIST ("label", "expr"), NOTHING, NOTHING, 0, 0, FALSE },
  { "datamodel", FERMATA_SCXML_DATAMODEL, NOTHING, NOTHING, NOTHING, BIT (DATA), 0, FALSE },
  { "data", FERMATA_SCXML_DATA,
    LIST ("id", "src", "expr"), LIST ("id"), LIST ("src expr ."), 0, 0, TRUE },
  { "assign", FERMATA_SCXML_ASSIGN,
    LIST ("location", "expr"), LIST ("location"), LIST ("expr ."), 0, 0, TRUE },
  { "donedata", FERMATA_SCXML_DONEDATA,
    NOTHING, NOTHING, LIST ("<content> <param>"), BIT (CONTENT) | BIT (PARAM), BIT (CONTENT), FALSE },
  { "content", FERMATA_SCXML_CONTENT, LIST ("expr"), NOTHING, LIST ("expr ."), 0, 0, TRUE },
  { "param", FERMATA_SCXML_PARAM,
    LIST ("name", "expr", "location"), LIST ("name"), LIST ("expr location"), 0, 0, FALSE },
  { "script", FERMATA_SCXML_SCRIPT, LIST ("src"), NOTHING, LIST ("src ."), 0, 0, TRUE },
  { "send", FERMATA_SCXML_SEND,
    LIST ("event", "eventexpr", "target", "targetexpr", "type", "typeexpr", "id", "idlocation", "delay",
          "delayexpr", "namelist"),
    NOTHING,
    LIST ("event eventexpr", "target targetexpr", "type typeexpr", "id idlocation", "delay delayexpr",
          "namelist <content>", "<param> <content>"),
    BIT (CONTENT) | BIT (PARAM), BIT (CONTENT), FALSE },
  { "cancel", FERMATA_SCXML_CANCEL,
    LIST ("sendid", "sendidexpr"), NOTHING, LIST ("sendid sendidexpr"), 0, 0, FALSE },
  { "invoke", FERMATA_SCXML_INVOKE,
    LIST ("type", "typeexpr", "src", "srcexpr", "id", "idlocation", "namelist", "autoforward"), NOTHING,
    LIST ("type typeexpr", "src srcexpr <content>", "id idlocation", "namelist <param>"),
    BIT (PARAM) | BIT (FINALIZE) | BIT (CONTENT), BIT (FINALIZE) | BIT (CONTENT), FALSE },
  { "finalize", FERMATA_SCXML_FINALIZE, NOTHING, NOTHING, NOTHING, ACTIONS, 0, FALSE },
};

const FermataScxmlWord *
fermata_scxml_find_word (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].name, name) == 0)
        return &words[i];
    }
  return NULL;
}

gboolean
fermata_scxml_has_attribute (const FermataScxmlWord *word,
                             const char             *name)
{
  return g_strv_contains (word->attributes, name);
}

gboolean
fermata_scxml_is_block (const FermataScxmlWord *word)
{
  return (word->children & BIT (LOG)) != 0;
}
