/* fermata-cli-metrics.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-metrics.h"

#include <glib/gi18n.h>

#include "fermata-cli-text.h"

#define WIDEST_NAME 48
#define MOST_USAGES 6
#define NOTHING "–"

/* The columns before those of what is used up. */
enum {
  COLUMN_NODE,
  COLUMN_ATTEMPTS,
  COLUMN_QUEUED,
  COLUMN_RUNNING,
  COLUMN_CPU,
  COLUMN_MEMORY,
  COLUMN_OUTPUT,
  N_COLUMNS,
};

/* Rows of texts, @n_columns each: the heading, the nodes, the sum. */
typedef struct {
  GPtrArray *cells;
  guint n_columns;
  FermataValue *total_usage;
} Table;

static char *
dup_time (gint64 microseconds)
{
  if (microseconds == 0)
    return g_strdup (NOTHING);
  if (microseconds < 9950)
    return g_strdup_printf (_("%.1f ms"), microseconds / 1000.0);

  return cli_text_dup_duration (microseconds);
}

static char *
dup_bytes (guint64 bytes)
{
  static const char *const units[] = { N_("kB"), N_("MB"), N_("GB"), N_("TB"), N_("PB") };
  double number = bytes / 1000.0;
  guint unit = 0;

  if (bytes == 0)
    return g_strdup (NOTHING);
  if (bytes < 1000)
    return g_strdup_printf (_("%u B"), (guint) bytes);

  for (; number >= 999.95 && unit + 1 < G_N_ELEMENTS (units); unit++)
    number /= 1000;

  return g_strdup_printf (_("%.1f %s"), number, _(units[unit]));
}

static char *
dup_amount (FermataValue *amount)
{
  if (amount == NULL)
    return g_strdup (NOTHING);
  if (fermata_value_get_kind (amount) == FERMATA_VALUE_KIND_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, fermata_value_get_integer (amount));

  return g_strdup_printf ("%.4g", fermata_value_get_number (amount));
}

static void
add_cell (Table *self,
          char  *text)
{
  g_ptr_array_add (self->cells, text);
}

static void
add_heading (Table *self)
{
  static const char *const headings[N_COLUMNS] = {
    N_("Node"), N_("Attempts"), N_("Queued"), N_("Running"), N_("CPU"), N_("Peak memory"), N_("Output"),
  };

  for (guint i = 0; i < N_COLUMNS; i++)
    add_cell (self, g_strdup (_(headings[i])));
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    add_cell (self, cli_text_dup_harmless (fermata_value_get_member_name (self->total_usage,
                                                                          i - N_COLUMNS)));
}

static void
add_row (Table                 *self,
         const char            *name,
         const FermataMeasures *measures,
         FermataValue          *usage)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  g_autofree char *harmless = cli_text_dup_harmless (name);

  cli_text_add_cut (cut, harmless, WIDEST_NAME);
  add_cell (self, g_strdup (cut->str));
  add_cell (self, g_strdup_printf ("%" G_GUINT64_FORMAT, measures->n_attempts));
  add_cell (self, dup_time (measures->queued));
  add_cell (self, dup_time (measures->running));
  add_cell (self, dup_time (measures->cpu_user + measures->cpu_system));
  add_cell (self, dup_bytes (measures->peak_memory));
  add_cell (self, dup_bytes (measures->n_output + measures->n_error));
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    {
      const char *member = fermata_value_get_member_name (self->total_usage, i - N_COLUMNS);

      add_cell (self, dup_amount (usage == NULL ? NULL : fermata_value_get_member (usage, member)));
    }
}

static void
add_rows (Table          *self,
          FermataMetrics *metrics,
          FermataRun     *run)
{
  FermataPlan *plan = fermata_run_get_plan (run);
  FermataMeasures measures;

  add_heading (self);
  for (guint32 place = 0; fermata_metrics_find_place (metrics, place, &place); place++)
    {
      const char *id = fermata_plan_get_node_id (plan, place);
      gboolean is_inner = place >= fermata_plan_get_n_nodes (plan);
      g_autofree char *name = is_inner ? g_strdup_printf (_("%s, items"), id) : g_strdup (id);
      g_autoptr (FermataValue) usage = NULL;

      fermata_metrics_get_place (metrics, place, &measures, &usage);
      add_row (self, name, &measures, usage);
    }
  fermata_metrics_get_total (metrics, &measures);
  add_row (self, _("Total"), &measures, self->total_usage);
}

static guint *
find_widths (Table *self)
{
  guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint *width = &widths[i % self->n_columns];

      *width = MAX (*width, cli_text_width (self->cells->pdata[i]));
    }

  return widths;
}

/* The first column from the left, numbers from the right. */
static void
lay_out_row (Table       *self,
             GString     *line,
             guint        row,
             const guint *widths)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *cell = self->cells->pdata[row * self->n_columns + i];

      if (i == 0)
        cli_text_add_padded (line, cell, widths[i]);
      else
        g_string_append_printf (line, "  %*s%s", (int) (widths[i] - cli_text_width (cell)), "", cell);
    }
}

static void
lay_out (Table   *self,
         GString *page,
         gboolean colour)
{
  g_autofree guint *widths = find_widths (self);
  guint n_rows = self->cells->len / self->n_columns;

  for (guint row = 0; row < n_rows; row++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      lay_out_row (self, line, row, widths);
      if (row == 0 || row == n_rows - 1)
        cli_text_add_styled (page, colour, CLI_STYLE_STRONG, line->str);
      else
        g_string_append (page, line->str);
      g_string_append_c (page, '\n');
    }
}

void
cli_metrics_print (CliOutput      *output,
                   FermataMetrics *metrics,
                   FermataRun     *run)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (FermataValue) usage = fermata_metrics_dup_total_usage (metrics);
  g_autoptr (GString) page = g_string_new ("\n");
  Table self = { .cells = cells, .n_columns = N_COLUMNS, .total_usage = usage };

  if (usage != NULL)
    self.n_columns += MIN (fermata_value_get_length (usage), MOST_USAGES);
  add_rows (&self, metrics, run);
  lay_out (&self, page, cli_output_has_colour (output));
  cli_output_write (output, page->str, page->len);
}

void
cli_metrics_print_json (CliOutput      *output,
                        FermataMetrics *metrics)
{
  g_autoptr (FermataValue) value = fermata_metrics_to_value (metrics);
  g_autoptr (GString) line = g_string_new (NULL);

  fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, line);
  g_string_append_c (line, '\n');
  cli_output_write (output, line->str, line->len);
}
