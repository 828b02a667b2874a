/* fermata-check-report.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-edge.h"
#include "model/fermata-node.h"

void
fermata_check_grow_steps (FermataCheck *self)
{
  self->n_steps_alloc = MAX (2 * self->n_steps_alloc, 16);
  self->steps = g_renew (FermataCheckStep, self->steps, self->n_steps_alloc);
}

/* From the document that the thing is in. */
static char *
dup_own_path (FermataCheck *self)
{
  if (self->node != NULL)
    return fermata_node_dup_path (self->node);
  else if (self->edge != NULL)
    return fermata_edge_dup_path (self->edge);
  else
    return fermata_graph_dup_path (self->level->graph);
}

static const char *
find_prefix (FermataCheckLevel *level)
{
  while (level != NULL && level->prefix == NULL)
    level = level->outer;

  return level != NULL ? level->prefix : "";
}

/* The path of the graph of a level. */
char *
fermata_check_dup_graph (FermataCheckLevel *level)
{
  g_autofree char *own = fermata_graph_dup_path (level->graph);

  return g_strconcat (find_prefix (level), own, NULL);
}

/* RFC 6901: "~" is "~0" and "/" is "~1". */
static void
append_pointer_step (GString    *path,
                     const char *name)
{
  g_string_append_c (path, '/');

  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

char *
fermata_check_dup_path (FermataCheck *self)
{
  g_autofree char *own = dup_own_path (self);
  GString *path = g_string_new (find_prefix (self->level));

  g_string_append (path, own);

  for (guint i = 0; i < self->n_steps; i++)
    {
      FermataCheckStep step = self->steps[i];

      if (step.name != NULL)
        append_pointer_step (path, step.name);
      else
        g_string_append_printf (path, "/%" G_GSIZE_FORMAT, step.index);
    }

  return g_string_free (path, FALSE);
}

/* The steps as people write them, `with.argv[1]`; NULL at the thing itself. */
char *
fermata_check_dup_member (FermataCheck *self)
{
  GString *member;

  if (self->n_steps == 0)
    return NULL;

  member = g_string_new (NULL);

  for (guint i = 0; i < self->n_steps; i++)
    {
      FermataCheckStep step = self->steps[i];

      if (step.name == NULL)
        g_string_append_printf (member, "[%" G_GSIZE_FORMAT "]", step.index);
      else
        g_string_append_printf (member, "%s%s", i > 0 ? "." : "", step.name);
    }

  return g_string_free (member, FALSE);
}

/* A diagnostic of the place where the walk is, which nobody knows of yet. */
FermataDiagnostic *
fermata_check_make (FermataCheck    *self,
                    FermataSeverity  severity,
                    const char      *code,
                    const char      *message)
{
  g_autofree char *path = fermata_check_dup_path (self);
  g_autofree char *member = fermata_check_dup_member (self);
  FermataDiagnostic *diagnostic = fermata_diagnostic_new (severity, code, path, message);

  if (self->node != NULL && *fermata_node_get_id (self->node) != '\0')
    fermata_diagnostic_set_node (diagnostic, fermata_node_get_id (self->node));
  if (member != NULL)
    fermata_diagnostic_set_member (diagnostic, member);

  return diagnostic;
}

/* Makes room for an error by giving up the last thing that is none: what
 * keeps a document from running must not drown in warnings. */
static gboolean
drop_a_milder_one (FermataCheck *self)
{
  GListModel *list = G_LIST_MODEL (self->diagnostics);

  for (guint i = self->n_scanned; i > self->n_before; i--)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (list, i - 1);

      self->n_scanned = i - 1;

      if (fermata_diagnostic_get_severity (diagnostic) != FERMATA_SEVERITY_ERROR)
        {
          g_list_store_remove (self->diagnostics, i - 1);
          return TRUE;
        }
    }

  return FALSE;
}

/* Counts one more; gives whether it is to be kept. */
static gboolean
count (FermataCheck    *self,
       FermataSeverity  severity)
{
  self->last = NULL;

  if (severity == FERMATA_SEVERITY_ERROR)
    self->n_errors++;

  if (++self->n_found <= FERMATA_CHECKER_MAX_DIAGNOSTICS)
    {
      self->n_scanned = self->n_before + self->n_found;
      return TRUE;
    }

  return severity == FERMATA_SEVERITY_ERROR && drop_a_milder_one (self);
}

static void
keep (FermataCheck      *self,
      FermataDiagnostic *diagnostic)
{
  g_list_store_append (self->diagnostics, diagnostic);
  self->last = diagnostic;
}

/* Says what was found earlier. */
void
fermata_check_add (FermataCheck      *self,
                   FermataDiagnostic *diagnostic)
{
  if (count (self, fermata_diagnostic_get_severity (diagnostic)))
    keep (self, diagnostic);
}

/* Says what is wrong with the place where the walk is. All are counted, but
 * past the bound nothing is made of them. */
void
fermata_check_report (FermataCheck    *self,
                      FermataSeverity  severity,
                      const char      *code,
                      const char      *format,
                      ...)
{
  g_autoptr(FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;
  va_list args;

  if (!count (self, severity))
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  diagnostic = fermata_check_make (self, severity, code, message);
  keep (self, diagnostic);
}

/* What to do about the one reported last. */
void
fermata_check_add_hint (FermataCheck *self,
                        const char   *format,
                        ...)
{
  g_autofree char *hint = NULL;
  va_list args;

  if (self->last == NULL)
    return;

  va_start (args, format);
  hint = g_strdup_vprintf (format, args);
  va_end (args);

  fermata_diagnostic_set_hint (self->last, hint);
}

/* The one reported last is about this byte of the string. */
void
fermata_check_point_at_byte (FermataCheck *self,
                             gsize         offset)
{
  if (self->last != NULL)
    fermata_diagnostic_set_inner_offset (self->last, (gssize) offset);
}

/* The one reported last is about the member's name, not its value. */
void
fermata_check_point_at_name (FermataCheck *self)
{
  if (self->last != NULL)
    fermata_diagnostic_set_inner_offset (self->last, -2);
}

/* The one reported last is also about something else, the first of two; @path
 * is as the model gives it. */
void
fermata_check_relate (FermataCheck *self,
                      const char   *path)
{
  g_autofree char *whole = g_strconcat (find_prefix (self->level), path, NULL);

  if (self->last == NULL)
    return;

  fermata_diagnostic_set_related_path (self->last, whole);
  fermata_check_add_hint (self, _("the first is %s"), whole);
}

/* Says how many more there are than were kept. */
void
fermata_check_finish (FermataCheck *self)
{
  g_autoptr(FermataDiagnostic) diagnostic = NULL;
  guint n_more = self->n_found - FERMATA_CHECKER_MAX_DIAGNOSTICS;
  g_autofree char *message = NULL;

  if (self->n_found <= FERMATA_CHECKER_MAX_DIAGNOSTICS)
    return;

  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more is not listed",
                                          "%u more are not listed", n_more), n_more);
  diagnostic = fermata_diagnostic_new (self->n_errors > 0 ? FERMATA_SEVERITY_ERROR
                                                          : FERMATA_SEVERITY_WARNING,
                                       "too-many", "", message);
  g_list_store_append (self->diagnostics, diagnostic);
}
