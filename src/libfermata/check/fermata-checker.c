/* fermata-checker.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-checker.h"

#include "check/fermata-check-files-private.h"
#include "check/fermata-check-level-private.h"
#include "check/fermata-check-order-private.h"
#include "check/fermata-check-rules-private.h"

/* How many names are looked at, over a whole document, to find what was
 * meant: a thousand wrong ids among a hundred thousand right ones must not
 * take minutes. */
#define MAX_COMPARISONS 2000000

/**
 * FermataChecker:
 *
 * Finds everything that is wrong with a document, at once.
 *
 * A document that has no errors can be run, as far as can be known before: its
 * words exist, its values are of their types, its edges lead somewhere, its
 * expressions parse and name what there is. Each thing that is wrong is a
 * [class@Fermata.Diagnostic] with the JSON Pointer of the value meant, and one
 * of these codes:
 *
 * - Words: `unknown-kind`, `unknown-type`, `unknown-member`,
 *   `misplaced-member` (of another kind of graph), `unknown-parameter`,
 *   `missing-member`, `missing-parameter`.
 * - Values: `ill-typed`, `bad-choice`, `out-of-range`, `bad-duration`,
 *   `unknown-error-kind`, `takes-no-template`, `bad-schema`,
 *   `other-settings` (of what nodes share by name).
 * - Names: `bad-id`, `duplicate-id`, `bad-name`, `duplicate-input`.
 * - Edges: `dangling-edge`, `self-loop`, `cycle`, `unconnected-node`,
 *   `no-nodes`, `bad-each`.
 * - Bodies: `bad-body`, `missing-input`, `outside-loop`, `items-twice` (a hint).
 * - Graphs in other files: `bad-file`, `endless-file`. What is wrong in there is told,
 *   too, with the name of the file. `bad-file` also tells of scripts and first values
 *   of SCXML that cannot be read.
 * - Expressions: `bad-expression`, `bad-template`, `no-regexp`,
 *   `unknown-name`, `unknown-input`, `unknown-variable`, `unknown-node`,
 *   `not-upstream`.
 * - Machines: `bad-initial`, `unreachable-state`, `bad-action`, `bad-assign`;
 *   with one of SCXML's data models `excluded-member`, `no-data-model`, `foreign-action`.
 * - Hints: `pinned`, a node that does not run because it has a pin.
 * - `too-many`: how many more there are than were kept.
 */
struct _FermataChecker {
  GObject parent_instance;

  FermataNodeCatalog *catalog;
  FermataEvaluator *evaluator;
  FermataLoader *loader;
  gboolean strict;
};

G_DEFINE_FINAL_TYPE (FermataChecker, fermata_checker, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CATALOG,
  PROP_EVALUATOR,
  PROP_STRICT,
  PROP_LOADER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fermata_checker_finalize (GObject *object)
{
  FermataChecker *self = FERMATA_CHECKER (object);

  g_clear_object (&self->catalog);
  g_clear_object (&self->evaluator);
  g_clear_object (&self->loader);

  G_OBJECT_CLASS (fermata_checker_parent_class)->finalize (object);
}

static void
fermata_checker_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  FermataChecker *self = FERMATA_CHECKER (object);

  switch (prop_id)
    {
    case PROP_CATALOG:
      g_value_set_object (value, self->catalog);
      break;
    case PROP_EVALUATOR:
      g_value_set_object (value, self->evaluator);
      break;
    case PROP_STRICT:
      g_value_set_boolean (value, self->strict);
      break;
    case PROP_LOADER:
      g_value_set_object (value, self->loader);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_checker_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  FermataChecker *self = FERMATA_CHECKER (object);

  switch (prop_id)
    {
    case PROP_CATALOG:
      self->catalog = g_value_dup_object (value);
      break;
    case PROP_EVALUATOR:
      self->evaluator = g_value_dup_object (value);
      break;
    case PROP_STRICT:
      fermata_checker_set_strict (self, g_value_get_boolean (value));
      break;
    case PROP_LOADER:
      fermata_checker_set_loader (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_checker_class_init (FermataCheckerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fermata_checker_finalize;
  object_class->get_property = fermata_checker_get_property;
  object_class->set_property = fermata_checker_set_property;

  /**
   * FermataChecker:catalog:
   *
   * The node types that a document may name.
   */
  properties[PROP_CATALOG] =
    g_param_spec_object ("catalog", NULL, NULL, FERMATA_TYPE_NODE_CATALOG,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * FermataChecker:evaluator:
   *
   * What compiles the expressions.
   */
  properties[PROP_EVALUATOR] =
    g_param_spec_object ("evaluator", NULL, NULL, FERMATA_TYPE_EVALUATOR,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * FermataChecker:strict:
   *
   * Whether a member that nobody knows is an error, rather than a warning.
   */
  properties[PROP_STRICT] =
    g_param_spec_boolean ("strict", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * FermataChecker:loader:
   *
   * What reads the files that nodes name. Without one they are not looked at.
   */
  properties[PROP_LOADER] =
    g_param_spec_object ("loader", NULL, NULL, FERMATA_TYPE_LOADER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_checker_init (FermataChecker *self)
{
}

/**
 * fermata_checker_new:
 * @catalog: (transfer none): the node types that a document may name
 * @evaluator: (transfer none): what compiles the expressions
 *
 * Makes a checker. It belongs to the thread that the evaluator belongs to.
 *
 * Returns: (transfer full): a new checker
 */
FermataChecker *
fermata_checker_new (FermataNodeCatalog *catalog,
                     FermataEvaluator   *evaluator)
{
  g_return_val_if_fail (FERMATA_IS_NODE_CATALOG (catalog), NULL);
  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);

  return g_object_new (FERMATA_TYPE_CHECKER,
                       "catalog", catalog,
                       "evaluator", evaluator,
                       NULL);
}

/**
 * fermata_checker_get_strict:
 * @self: a checker
 *
 * Returns: whether a member that nobody knows is an error
 */
gboolean
fermata_checker_get_strict (FermataChecker *self)
{
  g_return_val_if_fail (FERMATA_IS_CHECKER (self), FALSE);

  return self->strict;
}

/**
 * fermata_checker_set_strict:
 * @self: a checker
 * @strict: whether a member that nobody knows is an error, not a warning
 *
 * Sets how unknown members are taken. Those that begin with `x-` are nobody's
 * business in any case.
 */
void
fermata_checker_set_strict (FermataChecker *self,
                            gboolean        strict)
{
  g_return_if_fail (FERMATA_IS_CHECKER (self));

  strict = !!strict;

  if (self->strict == strict)
    return;

  self->strict = strict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STRICT]);
}

/**
 * fermata_checker_get_loader:
 * @self: a checker
 *
 * Returns: (transfer none) (nullable): what reads the files that nodes name
 */
FermataLoader *
fermata_checker_get_loader (FermataChecker *self)
{
  g_return_val_if_fail (FERMATA_IS_CHECKER (self), NULL);

  return self->loader;
}

/**
 * fermata_checker_set_loader:
 * @self: a checker
 * @loader: (nullable): reads graphs
 *
 * Sets what reads the files that nodes name, and which are checked with the
 * document. `NULL`: they are not looked at.
 */
void
fermata_checker_set_loader (FermataChecker *self,
                            FermataLoader  *loader)
{
  g_return_if_fail (FERMATA_IS_CHECKER (self));
  g_return_if_fail (loader == NULL || FERMATA_IS_LOADER (loader));

  if (g_set_object (&self->loader, loader))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADER]);
}

static void
check_init (FermataCheck      *check,
            FermataChecker    *self,
            FermataCheckFiles *files,
            FermataDocument   *document,
            GListStore        *diagnostics)
{
  *check = (FermataCheck) {
    .catalog = self->catalog,
    .evaluator = self->evaluator,
    .loader = self->loader,
    .files = files,
    .document = document,
    .strict = self->strict,
    .diagnostics = diagnostics,
    .n_before = g_list_model_get_n_items (G_LIST_MODEL (diagnostics)),
    .comparisons_left = MAX_COMPARISONS,
    .walk = fermata_check_walk_new (),
    .types = g_hash_table_new_full (NULL, NULL, NULL, fermata_check_parameters_free),
  };
}

static void
check_clear (FermataCheck *check)
{
  g_free (check->steps);
  fermata_check_walk_free (check->walk);
  g_hash_table_unref (check->types);
  g_clear_pointer (&check->shared[0], g_hash_table_unref);
  g_clear_pointer (&check->shared[1], g_hash_table_unref);
  g_clear_pointer (&check->cache, fermata_check_cache_free);
  g_clear_pointer (&check->right, fermata_check_right_free);
}

/* The document, and each body before the level it is in is left. */
static void
check_all (FermataCheck *check,
           FermataGraph *graph)
{
  fermata_check_enter_level (check, graph, FERMATA_CHECK_NO_ID, FERMATA_BODY_RULE_NONE, FALSE, 0);
  fermata_check_level (check);

  while (check->level != NULL)
    {
      if (fermata_check_enter_body (check))
        {
          fermata_check_level (check);
          continue;
        }

      fermata_check_order_end (check, check->level);
      fermata_check_leave_level (check);
    }
}

/* Each of the files that the document leads to. */
static void
check_files (FermataChecker    *self,
             FermataCheckFiles *files)
{
  GListStore *diagnostics;
  FermataDocument *document;
  FermataCheck check;

  while ((document = fermata_check_files_next (files, &diagnostics)) != NULL)
    {
      check_init (&check, self, files, document, diagnostics);
      check_all (&check, document->graph);
      fermata_check_finish (&check);
      check_clear (&check);
    }
}

/**
 * fermata_checker_check:
 * @self: a checker
 * @graph: (transfer none): a document
 * @diagnostics: (transfer none): a list of [class@Fermata.Diagnostic], which
 *   what is wrong is added to
 *
 * Checks a document with all its bodies. At most 1,000 diagnostics are added,
 * errors before others, and one that tells how many more there are. They know
 * the path of what they mean, but not its line: whoever read the text does.
 * The graph is not changed. The graphs in the files that its nodes name are
 * checked, too; what is found there has the name of its file, and its line.
 *
 * Returns: how many errors there are, those included that were not added
 */
guint
fermata_checker_check (FermataChecker *self,
                       FermataGraph   *graph,
                       GListStore     *diagnostics)
{
  FermataCheckFiles *files = NULL;
  FermataDocument *document = NULL;
  FermataCheck check;

  g_return_val_if_fail (FERMATA_IS_CHECKER (self), 0);
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), 0);
  g_return_val_if_fail (fermata_graph_get_owner (graph) == NULL, 0);
  g_return_val_if_fail (G_IS_LIST_STORE (diagnostics), 0);

  if (self->loader != NULL)
    {
      files = fermata_check_files_new (self->loader, graph);
      document = fermata_check_files_get_first (files);
    }
  check_init (&check, self, files, document, diagnostics);
  check_all (&check, graph);
  if (files != NULL)
    {
      check_files (self, files);
      fermata_check_files_finish (files, &check);
      fermata_check_files_free (files);
    }
  fermata_check_finish (&check);
  check_clear (&check);

  return check.n_errors;
}
