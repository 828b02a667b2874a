/* fermata-check-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Tasks that run graphs: whether they have those they need and no others, and what
 * they give them. */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-node.h"

static const char *const body_names[] = { "body", "catch", "finally" };

/* NULL if @object (nullable) has no member of that name that is an object. */
FermataValue *
fermata_check_get_object (FermataValue *object,
                          const char   *name)
{
  FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, name);

  return member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_OBJECT ? member : NULL;
}

static void
check_given (FermataCheck *self,
             FermataValue *declared,
             FermataValue *given,
             const char   *graph)
{
  gsize n = given == NULL ? 0 : fermata_value_get_length (given);

  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, "inputs");
  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (given, i);
      FermataCheckSimilar similar;

      if (declared != NULL && fermata_value_find_member (declared, name, NULL))
        continue;

      fermata_check_step_into (self, name);
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-input",
                            _("“%s” is not an input of the graph in “%s”"), name, graph);
      fermata_check_similar_init (&similar, self, name);
      if (declared != NULL)
        fermata_check_similar_offer_members (&similar, declared);
      fermata_check_similar_hint (&similar);
      fermata_check_point_at_name (self);
      fermata_check_step_out (self);
    }
  fermata_check_step_out (self);
  fermata_check_step_out (self);
}

static void
check_missing (FermataCheck *self,
               FermataValue *declared,
               FermataValue *given,
               const char   *graph,
               gboolean      can_be_given)
{
  gsize n = declared == NULL ? 0 : fermata_value_get_length (declared);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (declared, i);
      FermataValue *input = fermata_value_get_element (declared, i);

      if (fermata_value_get_kind (input) != FERMATA_VALUE_KIND_OBJECT
          || fermata_value_find_member (input, "default", NULL)
          || (given != NULL && fermata_value_find_member (given, name, NULL)))
        continue;

      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-input",
                            _("the input “%s” of the graph in “%s” has no default, and is not given"), name, graph);
      if (can_be_given)
        fermata_check_add_hint (self, _("give it in “with.inputs”"));
      else
        fermata_check_add_hint (self, _("give it a default, or declare no inputs to see those around it"));
    }
}

/* The inputs that the graph in a member of a task declares, if it is one and does. The
 * model keeps the bodies of nodes, but not those of tasks of states. */
static FermataValue *
get_declared (FermataCheck *self,
              FermataValue *task,
              const char   *name,
              gboolean      is_node)
{
  FermataGraph *graph;

  if (!is_node)
    {
      FermataValue *body = fermata_check_get_object (task, name);

      return body == NULL ? NULL : fermata_value_get_member (body, "inputs");
    }
  graph = fermata_node_get_body (self->node, name);

  return graph == NULL ? NULL : fermata_graph_get_member (graph, "inputs");
}

/* What is made only when it runs is looked at then. @graph is the name of the member
 * or file that has it. */
static void
check_inputs (FermataCheck                 *self,
              FermataValue                 *task,
              const FermataNodeDescription *description,
              FermataValue                 *declared,
              const char                   *graph)
{
  gboolean can_be_given = fermata_node_description_find (description, "inputs") != NULL;
  FermataValue *with = fermata_check_get_object (task, "with");
  FermataValue *given = can_be_given && with != NULL ? fermata_value_get_member (with, "inputs") : NULL;

  if ((given != NULL && fermata_value_get_kind (given) != FERMATA_VALUE_KIND_OBJECT)
      || (declared != NULL && fermata_value_get_kind (declared) != FERMATA_VALUE_KIND_OBJECT))
    return;

  check_given (self, declared, given, graph);
  check_missing (self, declared, given, graph, can_be_given);
}

static void
check_without (FermataCheck *self,
               FermataValue *task,
               const char   *name,
               const char   *type)
{
  if (!fermata_value_find_member (task, name, NULL))
    return;

  fermata_check_step_into (self, name);
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body", _("“%s” runs no graph in “%s”"), type, name);
  fermata_check_point_at_name (self);
  fermata_check_step_out (self);
}

/* The parameters of a task whose graph is in a file; NULL of others. */
static FermataValue *
get_parameters_with_file (FermataValue                 *task,
                          const FermataNodeDescription *description)
{
  FermataValue *with = fermata_check_get_object (task, "with");

  return description->body_rule == FERMATA_BODY_RULE_ONCE && with != NULL
         && fermata_node_description_find (description, "file") != NULL
         && fermata_value_find_member (with, "file", NULL) ? with : NULL;
}

static void
check_in_file (FermataCheck                 *self,
               FermataValue                 *task,
               const FermataNodeDescription *description,
               FermataValue                 *with)
{
  FermataGraph *graph = fermata_check_file (self, with);

  if (graph != NULL)
    check_inputs (self, task, description, fermata_graph_get_member (graph, "inputs"),
                  fermata_value_get_string (fermata_value_get_member (with, "file"), NULL));
}

static void
report_both (FermataCheck *self)
{
  fermata_check_step_into (self, "body");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body",
                        _("it has a “file” and a “body”: only one of them can be run"));
  fermata_check_point_at_name (self);
  fermata_check_step_out (self);
}

static void
check_there (FermataCheck                 *self,
             FermataValue                 *task,
             const FermataNodeDescription *description)
{
  FermataValue *with = get_parameters_with_file (task, description);
  gboolean has_body = fermata_value_find_member (task, "body", NULL);

  if (with == NULL && !has_body)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body",
                          _("“%s” runs the graph in its member “body”, which is missing"), description->name);
  else if (with != NULL && has_body)
    report_both (self);
  else if (with != NULL)
    check_in_file (self, task, description, with);
}

static void
check_graphs (FermataCheck                 *self,
              FermataValue                 *task,
              const FermataNodeDescription *description,
              gboolean                      is_node)
{
  for (guint i = 0; i < G_N_ELEMENTS (body_names); i++)
    {
      if (i > 0 && description->body_rule != FERMATA_BODY_RULE_TRY)
        check_without (self, task, body_names[i], description->name);
      else if (fermata_value_find_member (task, body_names[i], NULL))
        check_inputs (self, task, description, get_declared (self, task, body_names[i], is_node), body_names[i]);
    }
}

/* The check is at @task: a node, or a task of a state. */
void
fermata_check_body (FermataCheck                 *self,
                    FermataValue                 *task,
                    const FermataNodeDescription *description,
                    gboolean                      is_node)
{
  if (description->body_rule == FERMATA_BODY_RULE_NONE)
    {
      for (guint i = 0; i < G_N_ELEMENTS (body_names); i++)
        check_without (self, task, body_names[i], description->name);
      return;
    }

  check_there (self, task, description);
  check_graphs (self, task, description, is_node);
  fermata_check_owner (self, task, description, is_node);
}
