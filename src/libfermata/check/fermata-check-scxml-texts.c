/* fermata-check-scxml-texts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "expression/fermata-expression-private.h"
#include "model/fermata-css-time-private.h"
#include "model/fermata-model-id.h"

#define SPACE " \t\n\r"

/*
 * Texts of machines with one of SCXML's data models: JavaScript as it is, whose names
 * may be anybody's. What is wrong with one is an error of the run, when it comes
 * to it, so it is only warned of.
 */

/* What was found right last: the same conditions come again and again. The slots
 * are as many as they are, so a document cannot make them grow. */
#define N_SLOTS 512

struct _FermataCheckRight {
  FermataValue *texts[N_SLOTS];
  guint8 syntaxes[N_SLOTS];
};

void
fermata_check_right_free (FermataCheckRight *right)
{
  for (guint i = 0; i < N_SLOTS; i++)
    g_clear_pointer (&right->texts[i], fermata_value_unref);

  g_free (right);
}

static gboolean
begins_word (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$';
}

static const char *
skip_word (const char *p)
{
  if (!begins_word (*p))
    return NULL;
  while (begins_word (*p) || g_ascii_isdigit (*p))
    p++;

  return p;
}

/* A number, or a path (`order.total`): most of what there is. */
static gboolean
is_plain (FermataSyntax  syntax,
          const char    *text,
          gsize          length)
{
  const char *p = skip_word (text);
  g_autofree char *word = NULL;

  if (p == NULL)
    return syntax != FERMATA_SYNTAX_LOCATION && length > 0 && length < 10 && *text != '0' &&
           strspn (text, "0123456789") == length;

  word = g_strndup (text, (gsize) (p - text));
  if (!fermata_model_name_is_valid (word))
    return FALSE;
  while (p != NULL && *p == '.')
    p = skip_word (p + 1);

  return p == text + length;
}

/* Without the place in the text: the diagnostic has its own. */
static const char *
skip_place (const char *message)
{
  const char *p = message + strspn (message, "0123456789");

  if (*p != ':')
    return message;
  p += 1 + strspn (p + 1, "0123456789");

  return g_str_has_prefix (p, ": ") ? p + 2 : message;
}

/* Looks whether @text is what it should be. */
static gboolean
check_syntax (FermataCheck  *self,
              FermataSyntax  syntax,
              const char    *text,
              gsize          length)
{
  g_autoptr(GError) error = NULL;
  gsize offset = 0;

  if (syntax == FERMATA_SYNTAX_EXPRESSION)
    length = fermata_expression_trim (text);
  if (is_plain (syntax, text, length) ||
      fermata_evaluator_check_syntax (self->evaluator, syntax, text, (gssize) length, &offset, &error))
    return TRUE;

  fermata_check_report (self, FERMATA_SEVERITY_WARNING,
                        syntax == FERMATA_SYNTAX_PROGRAM ? "bad-code" : "bad-expression", "%s",
                        skip_place (error->message));
  fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
  if (offset > 0 && offset < length)
    fermata_check_point_at_byte (self, offset);

  return FALSE;
}

static void
check_value (FermataCheck  *self,
             FermataSyntax  syntax,
             FermataValue  *string)
{
  guint slot = (fermata_value_hash (string) + (guint) syntax) % N_SLOTS;
  gsize length;
  const char *text = fermata_value_get_string (string, &length);

  if (self->right == NULL)
    self->right = g_new0 (FermataCheckRight, 1);

  if (self->right->texts[slot] != NULL && self->right->syntaxes[slot] == syntax &&
      fermata_value_equal (self->right->texts[slot], string))
    return;

  if (!check_syntax (self, syntax, text, length))
    return;

  g_clear_pointer (&self->right->texts[slot], fermata_value_unref);
  self->right->texts[slot] = fermata_value_ref (string);
  self->right->syntaxes[slot] = (guint8) syntax;
}

/* A name of what is assigned to, where the check is at. */
void
fermata_check_scxml_location (FermataCheck *self,
                              const char   *location)
{
  if (!check_syntax (self, FERMATA_SYNTAX_LOCATION, location, strlen (location)))
    fermata_check_point_at_name (self);
}

/* The state in “In (ID)”, which may stand in quotation marks; NULL if @text is anything else. */
static char *
dup_state_of_in (const char *text)
{
  const char *id;
  gsize length;

  text += strspn (text, SPACE);
  if (!g_str_has_prefix (text, "In"))
    return NULL;
  text += 2 + strspn (text + 2, SPACE);
  if (*text != '(')
    return NULL;

  text += 1 + strspn (text + 1, SPACE);
  if (*text == '\'' || *text == '"')
    {
      char quotation[] = { *text, '\0' };

      id = text + 1;
      length = strcspn (id, quotation);
      text = id + length + (id[length] != '\0');
    }
  else
    {
      id = text;
      length = strcspn (id, SPACE ")");
      text = id + length;
    }

  text += strspn (text, SPACE);
  if (length == 0 || *text != ')' || text[1 + strspn (text + 1, SPACE)] != '\0')
    return NULL;

  return g_strndup (id, length);
}

/* All that the data model `null` can ask. */
static void
check_in (FermataCheck *self,
          FermataValue *string)
{
  g_autofree char *id = dup_state_of_in (fermata_value_get_string (string, NULL));

  if (id == NULL)
    {
      fermata_check_report (self, FERMATA_SEVERITY_WARNING, "no-data-model",
                            _("this machine's data model is “null”, which knows no other condition than “In (ID)”"));
      fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
    }
  else if (fermata_check_ids_find (self->level->ids, id) == FERMATA_CHECK_NO_ID)
    {
      fermata_check_report (self, FERMATA_SEVERITY_WARNING, "unknown-node", _("there is no state “%s”"), id);
      fermata_check_hint_node (self, id, FALSE);
    }
}

/* A text as its member's form has it; gives whether it is computed, so that its type
 * is not known here. */
gboolean
fermata_check_scxml_text (FermataCheck             *self,
                          const FermataThingMember *member,
                          FermataValue             *string)
{
  switch ((FermataMemberForm) member->form)
    {
    case FERMATA_MEMBER_FORM_EXPRESSION:
      if (member->role == FERMATA_ROLE_CONDITION && self->level->model == FERMATA_CHECK_MODEL_NULL)
        check_in (self, string);
      else
        check_value (self, member->role == FERMATA_ROLE_LOCATION ? FERMATA_SYNTAX_LOCATION : FERMATA_SYNTAX_EXPRESSION,
                     string);
      return TRUE;

    case FERMATA_MEMBER_FORM_CODE:
      check_value (self, FERMATA_SYNTAX_PROGRAM, string);
      return FALSE;

    case FERMATA_MEMBER_FORM_LITERAL:
    case FERMATA_MEMBER_FORM_TEMPLATE:
    default:
      return FALSE;
    }
}

/* How long a `send` waits, where the check is at. */
void
fermata_check_css_time (FermataCheck *self,
                        FermataValue *send)
{
  FermataValue *delay = fermata_value_get_member (send, "delay");
  gint64 microseconds;

  if (delay == NULL || fermata_value_get_kind (delay) != FERMATA_VALUE_KIND_STRING ||
      fermata_css_time_parse (fermata_value_get_string (delay, NULL), &microseconds))
    return;

  fermata_check_step_into (self, "delay");
  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "bad-duration",
                        _("expected a time as “1s”, “.5s” or “500ms”, found “%s”"),
                        fermata_value_get_string (delay, NULL));
  fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
  fermata_check_step_out (self);
}
