/* fermata-check-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-files-private.h"
#include "model/fermata-model-id.h"

/* What a machine with one of SCXML's data models must hold together besides its
 * members one by one. What SCXML leaves to the run, where it makes an error of it,
 * is only warned of. */

/* Members of which a thing has one at most. */
static const struct {
  FermataThingKind thing;
  const char *one;
  const char *other;
} excluded[] = {
  { FERMATA_THING_SCXML_DECLARATION, "expr", "src" },
  { FERMATA_THING_SCXML_DECLARATION, "expr", "content" },
  { FERMATA_THING_SCXML_DECLARATION, "src", "content" },
  { FERMATA_THING_SCXML_ASSIGN, "expr", "content" },
  { FERMATA_THING_SCXML_SEND, "event", "event-expr" },
  { FERMATA_THING_SCXML_SEND, "to", "to-expr" },
  { FERMATA_THING_SCXML_SEND, "type", "type-expr" },
  { FERMATA_THING_SCXML_SEND, "id", "id-location" },
  { FERMATA_THING_SCXML_SEND, "delay", "delay-expr" },
  { FERMATA_THING_SCXML_SEND, "name-list", "content" },
  { FERMATA_THING_SCXML_SEND, "name-list", "content-expr" },
  { FERMATA_THING_SCXML_SEND, "params", "content" },
  { FERMATA_THING_SCXML_SEND, "params", "content-expr" },
  { FERMATA_THING_SCXML_SEND, "content", "content-expr" },
  { FERMATA_THING_SCXML_CANCEL, "id", "id-expr" },
  { FERMATA_THING_SCXML_PARAM, "expr", "location" },
  { FERMATA_THING_SCXML_DATA, "params", "content" },
  { FERMATA_THING_SCXML_DATA, "params", "content-expr" },
  { FERMATA_THING_SCXML_DATA, "content", "content-expr" },
  { FERMATA_THING_SCXML_TASK, "id", "id-location" },
};

FermataCheckModel
fermata_check_model_of (const FermataCheckLevel *level)
{
  FermataValue *model = fermata_graph_get_member (level->graph, "data-model");
  const char *name;

  if (level->kind != FERMATA_GRAPH_KIND_FSM || model == NULL ||
      fermata_value_get_kind (model) != FERMATA_VALUE_KIND_STRING)
    return FERMATA_CHECK_MODEL_FERMATA;

  name = fermata_value_get_string (model, NULL);

  if (g_str_equal (name, "ecmascript"))
    return FERMATA_CHECK_MODEL_ECMASCRIPT;
  else if (g_str_equal (name, "null"))
    return FERMATA_CHECK_MODEL_NULL;
  else
    return FERMATA_CHECK_MODEL_FERMATA;
}

/* Whether there is nothing that it could mean in the data model `null`. */
gboolean
fermata_check_needs_data (const FermataThingMember *member)
{
  switch ((int) member->role)
    {
    case FERMATA_ROLE_CONDITION:
      return FALSE;
    case FERMATA_ROLE_VARIABLES:
      return TRUE;
    default:
      return member->form == FERMATA_MEMBER_FORM_EXPRESSION || member->form == FERMATA_MEMBER_FORM_CODE ||
             member->thing == FERMATA_THING_SCXML_PARAM;
    }
}

/* The check is at a member that needs data, in a machine that has none. */
void
fermata_check_no_data (FermataCheck *self,
                       const char   *name)
{
  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "no-data-model",
                        _("“%s” needs data; this machine's data model is “null”"), name);
  fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
  fermata_check_point_at_name (self);
}

/* The name of a variable, where the check is at. */
void
fermata_check_scxml_variable (FermataCheck *self,
                              const char   *name)
{
  if (fermata_model_name_is_valid (name))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "bad-name",
                        _("“%s” is not a JavaScript identifier"), name);
  fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
  fermata_check_point_at_name (self);
}

void
fermata_check_foreign_action (FermataCheck *self)
{
  fermata_check_report (self, FERMATA_SEVERITY_WARNING, "foreign-action",
                        _("markup of somebody else's: it is kept, and does nothing"));
}

static void
check_excluded (FermataCheck     *self,
                FermataThingKind  kind,
                FermataValue     *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (excluded); i++)
    {
      if (excluded[i].thing != kind || !fermata_value_find_member (value, excluded[i].one, NULL) ||
          !fermata_value_find_member (value, excluded[i].other, NULL))
        continue;

      fermata_check_step_into (self, excluded[i].other);
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "excluded-member",
                            _("either “%s” or “%s” is there, not both"), excluded[i].one, excluded[i].other);
      fermata_check_point_at_name (self);
      fermata_check_step_out (self);
    }
}

static void
check_cancel (FermataCheck *self,
              FermataValue *cancel)
{
  if (!fermata_value_find_member (cancel, "id", NULL) && !fermata_value_find_member (cancel, "id-expr", NULL))
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action", _("“cancel” needs “id” or “id-expr”"));
}

/* A file that the machine is read with, as its plan reads it. Of a variable, what
 * cannot be read is an error of the run (5.3); a script must be there (5.8). */
static void
check_source (FermataCheck    *self,
              FermataValue    *thing,
              FermataSeverity  severity)
{
  FermataValue *source = fermata_value_get_member (thing, "src");
  g_autoptr (GError) error = NULL;

  if (self->files == NULL || source == NULL || fermata_value_get_kind (source) != FERMATA_VALUE_KIND_STRING ||
      fermata_check_files_read (self->files, self->document, fermata_value_get_string (source, NULL), &error))
    return;

  fermata_check_step_into (self, "src");
  fermata_check_report (self, severity, "bad-file", "%s", error->message);
  if (severity == FERMATA_SEVERITY_WARNING)
    fermata_check_add_hint (self, _("SCXML makes an “error.execution” of it when it runs"));
  fermata_check_step_out (self);
}

/* Gives whether it is a thing of such machines. */
gboolean
fermata_check_scxml_together (FermataCheck       *self,
                              const FermataThing *thing,
                              FermataValue       *value)
{
  const FermataThing *first = fermata_thing_get (FERMATA_THING_SCXML_STATE);
  FermataThingKind kind;

  if (thing < first || thing >= first + (FERMATA_N_THINGS - FERMATA_THING_SCXML_STATE))
    return FALSE;

  kind = FERMATA_THING_SCXML_STATE + (FermataThingKind) (thing - first);
  check_excluded (self, kind, value);

  if (kind == FERMATA_THING_SCXML_ACTION)
    fermata_check_action (self, value);
  else if (kind == FERMATA_THING_SCXML_CANCEL)
    check_cancel (self, value);
  else if (kind == FERMATA_THING_SCXML_SEND)
    fermata_check_css_time (self, value);
  else if (kind == FERMATA_THING_SCXML_SCRIPT)
    check_source (self, value, FERMATA_SEVERITY_ERROR);
  else if (kind == FERMATA_THING_SCXML_DECLARATION)
    check_source (self, value, FERMATA_SEVERITY_WARNING);

  return TRUE;
}
