/* fermata-statechart-explain-state.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where a state stands: whether it is active, and which edges lead to it. */

#include "engine/moment/fermata-explanation-private.h"
#include "engine/moment/fermata-machine-view.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-value-builder.h"

/* It, or something in it, is a target. */
static gboolean
leads_to (const FermataPlan *plan,
          guint              edge,
          guint              state)
{
  const FermataChart *chart = plan->chart;
  FermataChartRange targets = chart->edges[edge].targets;

  for (guint i = 0; i < targets.n; i++)
    {
      guint target = chart->indices[targets.first + i];

      if (target == state || fermata_chart_is_descendant (chart, target, state))
        return TRUE;
    }

  return FALSE;
}

static FermataValue *
make_edge (FermataPlan          *plan,
           const FermataMachine *machine,
           guint                 edge)
{
  static const char *const members[] = { "to", "event", "after", "when" };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  guint source = plan->edges[edge].source;

  fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (plan, edge));
  fermata_value_builder_set_string (builder, "from", plan->nodes[source].id);
  if (machine != NULL)
    fermata_value_builder_set_boolean (builder, "from-active", fermata_machine_is_active (machine, source));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      FermataValue *value = fermata_value_get_member (plan->edges[edge].members, members[i]);

      if (value != NULL)
        fermata_value_builder_set (builder, members[i], value);
    }

  return fermata_value_builder_end (builder);
}

static void
add_edges (FermataPlan          *plan,
           const FermataMachine *machine,
           guint                 state,
           FermataValueBuilder  *builder)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) list = NULL;

  for (guint edge = 0; edge < plan->n_edges; edge++)
    {
      g_autoptr (FermataValue) value = NULL;

      if (!leads_to (plan, edge, state))
        continue;
      value = make_edge (plan, machine, edge);
      fermata_value_builder_add (edges, value);
    }
  list = fermata_value_builder_end (edges);
  fermata_value_builder_set (builder, "edges", list);
}

static FermataValueBuilder *
begin (FermataPlan *plan,
       guint        state)
{
  FermataValueBuilder *builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "node", plan->nodes[state].id);
  fermata_value_builder_set_string (builder, "type", fermata_state_type_to_string (plan->chart->states[state].type));

  return builder;
}

FermataValue *
fermata_explain_state (FermataMoment *moment,
                       FermataFrame  *frame,
                       guint          state)
{
  g_autoptr (FermataValueBuilder) builder = begin (frame->plan, state);
  g_autoptr (FermataValue) configuration = NULL;
  g_autoptr (FermataValue) event = NULL;

  configuration = fermata_moment_dup_configuration (moment, frame->number);
  event = fermata_moment_explain_event (moment, frame->number);
  fermata_value_builder_set_boolean (builder, "active", fermata_machine_is_active (frame->machine, state));
  if (configuration != NULL)
    fermata_value_builder_set (builder, "configuration", configuration);
  add_edges (frame->plan, frame->machine, state, builder);
  if (event != NULL)
    fermata_value_builder_set (builder, "event", event);

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_explain_state_of_plan (FermataPlan *plan,
                               guint        state)
{
  g_autoptr (FermataValueBuilder) builder = begin (plan, state);

  add_edges (plan, NULL, state, builder);

  return fermata_value_builder_end (builder);
}
