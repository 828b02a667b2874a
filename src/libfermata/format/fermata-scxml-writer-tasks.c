/* fermata-scxml-writer-tasks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Tasks that SCXML has: <invoke>. */

/* What a file may call itself at most, if nothing is said. */
#define MAX_DEPTH 100

static const char *const task_members[] = {
  "id", "type", "with", "id-location", "name-list", "params", "autoforward", "finalize", "body", "x-scxml", NULL
};

static gboolean
is_machine (FermataValue *body)
{
  const char *kind = fermata_scxml_get_text (body, "kind");

  return fermata_scxml_is_kind (body, FERMATA_VALUE_KIND_OBJECT) && (kind == NULL || g_str_equal (kind, "fsm"));
}

gboolean
fermata_scxml_is_invoke (FermataValue *task)
{
  const char *type = fermata_scxml_get_text (task, "type");
  FermataValue *with = type == NULL ? NULL : fermata_value_get_member (task, "with");

  if (g_strcmp0 (type, "invoke") == 0)
    return TRUE;

  return g_strcmp0 (type, "subgraph") == 0 &&
         (is_machine (fermata_value_get_member (task, "body")) || fermata_scxml_get_text (with, "file") != NULL);
}

/* A name that looks as if it had a scheme would be a URI. */
static void
put_file (FermataScxmlWriter *self,
          FermataValue       *with)
{
  const char *file = fermata_scxml_get_text (with, "file");
  gboolean is_odd = g_str_has_prefix (file, "file:") ? file[5] != '/' : g_uri_peek_scheme (file) != NULL;
  g_autofree char *uri = is_odd ? g_strconcat ("file:", file, NULL) : NULL;

  fermata_scxml_put_attribute (self, "src", is_odd ? uri : file);
}

/* Parameters that SCXML has not: all of them, as they are. */
static void
put_more (FermataScxmlWriter     *self,
          FermataValue           *with,
          const char             *name,
          const FermataScxmlStep *step)
{
  fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, name,
                               _("SCXML has no “%s” here: other programs will do without it"), name);
  fermata_scxml_put_own_member (self, "with", with);
}

static void
put_with (FermataScxmlWriter     *self,
          FermataValue           *task,
          const FermataScxmlStep *step)
{
  static const char *const of_file[] = { "file", "max-depth", NULL };
  static const char *const of_others[] = { "type", "type-expr", "src", "src-expr", "content", "content-expr", NULL };
  FermataValue *with = fermata_value_get_member (task, "with");
  FermataValue *depth = fermata_scxml_is_kind (with, FERMATA_VALUE_KIND_OBJECT) ? fermata_value_get_member (with, "max-depth")
                                                                               : NULL;
  gboolean is_file = fermata_scxml_get_text (with, "file") != NULL;
  gboolean has_depth = depth != NULL && !(fermata_scxml_is_kind (depth, FERMATA_VALUE_KIND_INTEGER) &&
                                          fermata_value_get_integer (depth) == MAX_DEPTH);

  if (!fermata_scxml_is_kind (with, FERMATA_VALUE_KIND_OBJECT))
    return;

  step = fermata_scxml_writer_step (self, step, "with");
  fermata_scxml_put_member (self, "type", with, "type", step);
  fermata_scxml_put_member (self, "typeexpr", with, "type-expr", step);
  if (is_file)
    put_file (self, with);
  fermata_scxml_put_member (self, "src", with, "src", step);
  fermata_scxml_put_member (self, "srcexpr", with, "src-expr", step);
  for (gsize i = 0; i < fermata_value_get_length (with); i++)
    {
      const char *name = fermata_value_get_member_name (with, i);

      if (!g_strv_contains (is_file ? of_file : of_others, name) || (has_depth && g_str_equal (name, "max-depth")))
        put_more (self, with, name, step);
    }
}

static void
push_content (FermataScxmlWriter     *self,
              FermataValue           *task,
              const FermataScxmlStep *step)
{
  FermataValue *body = fermata_value_get_member (task, "body");
  FermataScxmlTodo *todo;

  if (!is_machine (body))
    return;

  todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_MACHINE, body, fermata_scxml_writer_step (self, step, "body"));
  todo->kept = fermata_scxml_get_part (fermata_scxml_get_kept (task), "content");
}

/* The machine in an <invoke>. */
void
fermata_scxml_write_inner (FermataScxmlWriter *self,
                           FermataScxmlTodo   *todo)
{
  fermata_scxml_put_raw (self, todo->kept, "before", todo->step);
  fermata_scxml_put_start (self, "content");
  fermata_scxml_put_kept (self, todo->kept, todo->step);
  fermata_scxml_put_open (self, "content", todo->kept, todo->step);
  fermata_scxml_write_machine (self, todo->value, todo->step);
}

static void
push_finalize (FermataScxmlWriter     *self,
               FermataValue           *task,
               const FermataScxmlStep *step)
{
  FermataValue *finalize = fermata_value_get_member (task, "finalize");
  FermataScxmlTodo *todo;

  if (finalize == NULL)
    return;

  todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_BLOCKS, finalize,
                                    fermata_scxml_writer_step (self, step, "finalize"));
  todo->name = "finalize";
  todo->kept = fermata_scxml_get_kept (task);
}

void
fermata_scxml_write_task (FermataScxmlWriter     *self,
                          FermataValue           *task,
                          const FermataScxmlStep *step)
{
  FermataValue *kept = fermata_scxml_get_kept (task);
  const char *type = fermata_scxml_get_kept_attribute (kept, "type");
  FermataValue *with = fermata_value_get_member (task, "with");

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "invoke");
  if (type != NULL && fermata_scxml_get_text (with, "type") == NULL && fermata_scxml_get_text (with, "type-expr") == NULL)
    fermata_scxml_put_attribute (self, "type", type);
  put_with (self, task, step);
  fermata_scxml_put_member (self, "id", task, "id", step);
  fermata_scxml_put_member (self, "idlocation", task, "id-location", step);
  fermata_scxml_put_member (self, "namelist", task, "name-list", step);
  fermata_scxml_put_member (self, "autoforward", task, "autoforward", step);
  fermata_scxml_put_rest (self, task, task_members, step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, "invoke", kept, step);
  fermata_scxml_write_params (self, task, step);
  if (fermata_scxml_is_kind (with, FERMATA_VALUE_KIND_OBJECT))
    fermata_scxml_write_content (self, with, kept, fermata_scxml_writer_step (self, step, "with"));
  push_content (self, task, step);
  push_finalize (self, task, step);
}
