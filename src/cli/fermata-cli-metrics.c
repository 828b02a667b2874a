/* fermata-cli-metrics.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-metrics.h"

#include <glib/gi18n.h>

#include <string.h>

#include "fermata-cli-text.h"

#define WIDEST_NAME 48
/* What lies deeper is not moved further to the right. */
#define DEEPEST_INDENT 6
#define MOST_USAGES 6
#define NOTHING "–"

/* The columns before those of what is used up. */
enum {
  COLUMN_NODE,
  COLUMN_ATTEMPTS,
  COLUMN_FAILED,
  COLUMN_QUEUED,
  COLUMN_RUNNING,
  COLUMN_CPU,
  COLUMN_MEMORY,
  COLUMN_OUTPUT,
  N_COLUMNS,
};

/*
 * A node that had attempts, in whatever frames. @name is that of its place. What
 * those in its bodies took is in @measures and @usage, too, but their time is
 * not, which was part of its own. @first, @next: the first in its bodies, the one
 * behind it in the same body, by index plus 1.
 */
typedef struct {
  char *name;
  FermataMeasures measures;
  double usage[MOST_USAGES];
  guint first;
  guint last;
  guint next;
  guint above;
} Node;

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
    N_("Node"), N_("Attempts"), N_("Failed"), N_("Queued"), N_("Running"), N_("CPU"), N_("Peak memory"), N_("Output"),
  };

  for (guint i = 0; i < N_COLUMNS; i++)
    add_cell (self, g_strdup (_(headings[i])));
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    add_cell (self, cli_text_dup_harmless (fermata_value_get_member_name (self->total_usage,
                                                                          i - N_COLUMNS)));
}

static char *
dup_count (guint64 n)
{
  return n == 0 ? g_strdup (NOTHING) : g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static void
add_measures (Table                 *self,
              const char            *name,
              const FermataMeasures *measures)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  g_autofree char *harmless = cli_text_dup_harmless (name);

  cli_text_add_cut (cut, harmless, WIDEST_NAME);
  add_cell (self, g_strdup (cut->str));
  add_cell (self, g_strdup_printf ("%" G_GUINT64_FORMAT, measures->n_attempts));
  add_cell (self, dup_count (measures->n_failed));
  add_cell (self, dup_time (measures->queued));
  add_cell (self, dup_time (measures->running));
  add_cell (self, dup_time (measures->cpu_user + measures->cpu_system));
  add_cell (self, dup_bytes (measures->peak_memory));
  add_cell (self, dup_bytes (measures->n_output + measures->n_error));
}

static FermataValue *
get_amount (Table        *self,
            FermataValue *usage,
            guint         column)
{
  return usage == NULL ? NULL
                       : fermata_value_get_member (usage, fermata_value_get_member_name (self->total_usage,
                                                                                        column));
}

/* Nodes and their bodies */

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_free (node->name);
}

static Node *
node_at (GArray *nodes,
         guint   index)
{
  return &g_array_index (nodes, Node, index);
}

static void
add_node (Table          *self,
          GArray         *nodes,
          FermataMetrics *metrics,
          FermataPlan    *plan,
          guint32         place)
{
  Node node = { .name = fermata_plan_dup_place_name (plan, place) };
  g_autoptr (FermataValue) usage = NULL;

  fermata_metrics_get_place (metrics, place, &node.measures, &usage);
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    {
      FermataValue *amount = get_amount (self, usage, i - N_COLUMNS);

      node.usage[i - N_COLUMNS] = amount == NULL ? 0 : fermata_value_get_number (amount);
    }
  g_array_append_val (nodes, node);
}

/* Where a name ends that is the owner's: "orders/double" is in "orders", and
 * "guard/catch/fix" in "guard". */
static guint
find_owner (GHashTable *by_name,
            const char *name)
{
  g_autofree char *owner = g_strdup (name);
  char *slash;

  while ((slash = strrchr (owner, '/')) != NULL)
    {
      guint found;

      *slash = '\0';
      found = GPOINTER_TO_UINT (g_hash_table_lookup (by_name, owner));
      if (found != 0)
        return found;
    }

  return 0;
}

/* Places are in the order of plans, owners before what is in their bodies. */
static void
link_nodes (GArray *nodes,
            guint  *first)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  guint last = 0;

  *first = 0;
  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = node_at (nodes, i);
      guint owner = find_owner (by_name, node->name);
      guint *owner_first = owner == 0 ? first : &node_at (nodes, owner - 1)->first;
      guint *owner_last = owner == 0 ? &last : &node_at (nodes, owner - 1)->last;

      node->above = owner;
      if (*owner_last == 0)
        *owner_first = i + 1;
      else
        node_at (nodes, *owner_last - 1)->next = i + 1;
      *owner_last = i + 1;
      g_hash_table_insert (by_name, node->name, GUINT_TO_POINTER (i + 1));
    }
}

static void
sum_up (GArray *nodes)
{
  for (guint i = nodes->len; i > 0; i--)
    {
      const Node *node = node_at (nodes, i - 1);
      Node *owner = node->above == 0 ? NULL : node_at (nodes, node->above - 1);

      if (owner == NULL)
        continue;
      owner->measures.cpu_user += node->measures.cpu_user;
      owner->measures.cpu_system += node->measures.cpu_system;
      owner->measures.peak_memory = MAX (owner->measures.peak_memory, node->measures.peak_memory);
      owner->measures.n_output += node->measures.n_output;
      owner->measures.n_error += node->measures.n_error;
      for (guint j = 0; j < MOST_USAGES; j++)
        owner->usage[j] += node->usage[j];
    }
}

static char *
dup_sum (double amount)
{
  if (amount == 0)
    return g_strdup (NOTHING);

  return g_strdup_printf (amount < 1e15 && (gint64) amount == amount ? "%.0f" : "%.4g", amount);
}

static void
add_row (Table  *self,
         GArray *nodes,
         guint   index,
         guint   depth)
{
  const Node *node = node_at (nodes, index);
  const char *rest = node->above == 0 ? node->name
                                      : node->name + strlen (node_at (nodes, node->above - 1)->name) + 1;
  g_autofree char *label = g_strdup_printf ("%*s%s", 2 * (int) MIN (depth, DEEPEST_INDENT), "", rest);

  add_measures (self, label, &node->measures);
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    add_cell (self, dup_sum (node->usage[i - N_COLUMNS]));
}

/* Each node, then what is in its bodies. */
static void
add_nodes (Table  *self,
           GArray *nodes,
           guint   first)
{
  guint depth = 0;
  guint i = first;

  while (i != 0)
    {
      const Node *node = node_at (nodes, i - 1);

      add_row (self, nodes, i - 1, depth);
      if (node->first != 0)
        {
          i = node->first;
          depth++;
          continue;
        }
      while (node->next == 0 && node->above != 0)
        {
          node = node_at (nodes, node->above - 1);
          depth--;
        }
      i = node->next;
    }
}

static void
add_rows (Table          *self,
          FermataMetrics *metrics,
          FermataRun     *run)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  FermataMeasures measures;
  guint first;

  g_array_set_clear_func (nodes, clear_node);
  for (guint32 place = 0; fermata_metrics_find_place (metrics, place, &place); place++)
    add_node (self, nodes, metrics, fermata_run_get_plan (run), place);
  link_nodes (nodes, &first);
  sum_up (nodes);

  add_heading (self);
  add_nodes (self, nodes, first);
  fermata_metrics_get_total (metrics, &measures);
  add_measures (self, _("Total"), &measures);
  for (guint i = N_COLUMNS; i < self->n_columns; i++)
    add_cell (self, dup_amount (get_amount (self, self->total_usage, i - N_COLUMNS)));
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
