/* fermata-app-member.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* How a member is edited. */
typedef enum {
  FERMATA_APP_CONTROL_ENTRY,
  FERMATA_APP_CONTROL_LINES,
  FERMATA_APP_CONTROL_CHOICE,
  FERMATA_APP_CONTROL_SWITCH,
} FermataAppControl;

/* How the text that one types becomes a value. */
typedef enum {
  FERMATA_APP_FORM_PROSE,      /* as it is, for people */
  FERMATA_APP_FORM_TEXT,       /* as it is */
  FERMATA_APP_FORM_TEMPLATE,   /* as it is, with {{expressions}} in it */
  FERMATA_APP_FORM_EXPRESSION, /* one expression */
  FERMATA_APP_FORM_CODE,       /* JavaScript statements */
  FERMATA_APP_FORM_VALUE,      /* JSON where it is some, else as it is */
  FERMATA_APP_FORM_JSON,       /* nothing but JSON */
  FERMATA_APP_FORM_NAMES,      /* a text, or several between commas */
  FERMATA_APP_FORM_ASSIGN,     /* lines “name = expression”, or JSON */
  FERMATA_APP_FORM_VALUES,     /* lines “name = value”, or JSON */
  FERMATA_APP_FORM_CONDITION,  /* one expression of JavaScript, as it is */
  FERMATA_APP_FORM_DECLARATIONS, /* lines “name = expression” or “name”, or JSON */
} FermataAppForm;

/* One of several things that a member can be. */
typedef struct {
  const char *title;
  const char *json; /* NULL: the member is not there */
} FermataAppChoice;

/*
 * One member of a node, an edge or a graph as the inspector shows it, in
 * constant tables or made of a FermataParameter. All that it points to lives as
 * long as the program, or as the engine.
 */
typedef struct _FermataAppMember FermataAppMember;
struct _FermataAppMember {
  const char *title;
  const char *doc;         /* nullable */
  const char *path[4];     /* names of members, each in the one before; NULL-terminated */
  FermataAppControl control;
  FermataAppForm form;
  FermataMemberType type;
  gboolean has_templates;  /* a text with a template may stand for any type */
  const FermataAppChoice *choices; /* of a choice, up to one without a title */
  const char *const *words;        /* or plain words that it may be, NULL-terminated */
  const char *placeholder; /* nullable */
  gboolean waits;          /* until Enter, or until the focus goes elsewhere */

  /* Whether it is to be shown; NULL: always. */
  gboolean (*applies)      (gpointer                subject);

  /* Where it is not just the member at the path: its value (transfer full,
   * nullable), and the edit that gives it another. */
  FermataValue *(*read)    (gpointer                subject,
                            const FermataAppMember *member);
  FermataEdit  *(*write)   (gpointer                subject,
                            const FermataAppMember *member,
                            FermataValue           *value,
                            GError                **error);
};

/* NULL if it is not there (transfer full). */
FermataValue *fermata_app_member_read       (const FermataAppMember *self,
                                             gpointer                subject);
FermataEdit  *fermata_app_member_write      (const FermataAppMember *self,
                                             gpointer                subject,
                                             FermataValue           *value,
                                             GError                **error);

/* The text that shows a value; empty for NULL (transfer full). */
char         *fermata_app_member_dup_text   (const FermataAppMember *self,
                                             FermataValue           *value);

/* The value that a text means, NULL if it is empty (transfer full). FALSE with
 * @error set if it means none. */
gboolean      fermata_app_member_parse      (const FermataAppMember *self,
                                             const char             *text,
                                             FermataValue          **value,
                                             GError                **error);

/* A message that begins with a place, as those of the library do (“2:5: …”), for
 * people (transfer full). */
char         *fermata_app_member_dup_message (const char            *message);

/* What is wrong with the expressions in a value; NULL: nothing (transfer full). */
char         *fermata_app_member_dup_problem (const FermataAppMember *self,
                                              FermataEvaluator       *evaluator,
                                              FermataValue           *value);

/* What the inspector shows of a parameter of a type of nodes. */
FermataAppMember fermata_app_member_for_parameter (const FermataParameter *parameter);

/* Of a member of "with" that the type does not describe. */
FermataAppMember fermata_app_member_for_unknown   (const char             *name);

G_END_DECLS
