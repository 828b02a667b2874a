/* fermata-scxml-rules.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What the recommendation demands of an element by itself. Whether there is a state
 * that an attribute names, and whether it may be named there, is for the checker of
 * graphs, as in any document. */

static const char *
find_state (FermataScxmlNode *node)
{
  while (node != NULL && node->id == NULL)
    node = node->parent;
  return node == NULL ? NULL : node->id;
}

static void
set_node (FermataDiagnostic *diagnostic,
          FermataScxmlNode  *node)
{
  if (diagnostic != NULL)
    fermata_diagnostic_set_node (diagnostic, find_state (node));
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

/* An attribute, “<child>”, or “.” for what is between the tags. @offset: where it is. */
static gboolean
has (FermataScxmlNode *node,
     const char       *what,
     gsize             length,
     gsize            *offset)
{
  if (what[0] == '.')
    {
      *offset = node->text_begin;
      return !is_blank (node->text);
    }
  if (what[0] == '<')
    {
      for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
        {
          if (child->word == NULL || strlen (child->word->name) != length - 2 ||
              strncmp (child->word->name, what + 1, length - 2) != 0)
            continue;
          *offset = child->begin;
          return TRUE;
        }
      return FALSE;
    }
  for (guint i = 0; i < node->n_attributes; i++)
    {
      FermataScxmlAttribute *attribute = &node->attributes[i];

      if (!attribute->is_known || strlen (attribute->name) != length ||
          strncmp (attribute->name, what, length) != 0)
        continue;
      *offset = attribute->name_offset;
      return TRUE;
    }
  return FALSE;
}

static void
report_together (FermataScxmlRead *read,
                 FermataScxmlNode *node,
                 gsize             offset,
                 const char       *first,
                 gsize             first_length,
                 const char       *second,
                 gsize             second_length)
{
  FermataDiagnostic *diagnostic;

  if (*second == '.')
    diagnostic = fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "not-together", offset,
                                       /* Translators: an attribute, and an element */
                                       _("with “%.*s” there is nothing between <%s> and </%s>"),
                                       (int) first_length, first, node->word->name, node->word->name);
  else
    diagnostic = fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "not-together", offset,
                                       _("<%s> has “%.*s” already, and cannot have “%.*s” as well"),
                                       node->word->name, (int) first_length, first, (int) second_length, second);
  set_node (diagnostic, node);
}

/* @group: words with spaces between them, of which one may be there. */
static void
check_group (FermataScxmlRead *read,
             FermataScxmlNode *node,
             const char       *group)
{
  const char *first = NULL;
  gsize first_length = 0;
  gsize offset = 0;

  while (*group != '\0')
    {
      gsize length = strcspn (group, " ");

      if (has (node, group, length, &offset))
        {
          if (first != NULL)
            report_together (read, node, offset, first, first_length, group, length);
          else
            {
              first = group;
              first_length = length;
            }
        }
      group += length + strspn (group + length, " ");
    }
}

static void
check_attributes (FermataScxmlRead *read,
                  FermataScxmlNode *node)
{
  for (guint i = 0; i < node->n_attributes; i++)
    {
      FermataScxmlAttribute *attribute = &node->attributes[i];

      if (attribute->is_known || strchr (attribute->name, ':') != NULL || strcmp (attribute->name, "xmlns") == 0 ||
          (node->word->tag == FERMATA_SCXML_SCXML && strcmp (attribute->name, "exmode") == 0))
        continue;
      set_node (fermata_scxml_report (read, FERMATA_SEVERITY_WARNING, "unknown-attribute", attribute->name_offset,
                                      _("<%s> has no attribute “%s”; it is kept and does nothing"),
                                      node->word->name, attribute->name), node);
    }
}

static void
check_required (FermataScxmlRead *read,
                FermataScxmlNode *node)
{
  for (guint i = 0; node->word->required[i] != NULL; i++)
    {
      const char *required = node->word->required[i];
      gsize offset;

      if (has (node, required, strlen (required), &offset))
        continue;
      set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR,
                                      required[0] == '<' ? "missing-element" : "missing-attribute", node->begin,
                                      _("<%s> needs “%s”"), node->word->name, required), node);
    }
}

static void
check_children (FermataScxmlRead *read,
                FermataScxmlNode *node)
{
  guint32 seen = 0;
  gboolean has_else = FALSE;

  for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
    {
      guint32 bit = child->word == NULL ? 0 : 1u << child->word->tag;

      if ((seen & bit & node->word->once) != 0)
        set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "duplicate-element", child->begin,
                                        _("<%s> can have one <%s> only"), node->word->name, child->word->name), node);
      else if (has_else && bit == FERMATA_SCXML_BIT (ELSEIF))
        set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "wrong-element", child->begin,
                                        _("<elseif> cannot stand behind <else>")), node);
      has_else = has_else || bit == FERMATA_SCXML_BIT (ELSE);
      seen |= bit;
    }
}

/* An attribute that has one of few values. */
static void
check_choice (FermataScxmlRead *read,
              FermataScxmlNode *node,
              const char       *name,
              const char       *first,
              const char       *second)
{
  FermataScxmlAttribute *attribute = fermata_scxml_node_find (node, name);

  if (attribute == NULL || strcmp (attribute->value, first) == 0 || strcmp (attribute->value, second) == 0)
    return;
  set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "bad-value", attribute->begin,
                                  _("expected “%s” or “%s”, found “%s”"), first, second, attribute->value), node);
}

/* At least one of two. */
static void
check_either (FermataScxmlRead *read,
              FermataScxmlNode *node,
              const char       *first,
              const char       *second)
{
  gsize offset;

  if (has (node, first, strlen (first), &offset) || has (node, second, strlen (second), &offset))
    return;
  set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "missing-attribute", node->begin,
                                  strcmp (second, ".") == 0 ? _("<%s> needs “%s”, or something between its tags")
                                                            : _("<%s> needs “%s” or “%s”"),
                                  node->word->name, first, second), node);
}

/* An attribute that names states or events, and names none. */
static void
check_filled (FermataScxmlRead *read,
              FermataScxmlNode *node,
              const char       *name)
{
  FermataScxmlAttribute *attribute = fermata_scxml_node_find (node, name);

  if (attribute != NULL && is_blank (attribute->value))
    set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "bad-value", attribute->begin,
                                    _("“%s” is empty"), name), node);
}

/* What would be sent, or invoked, if none of these were there; NULL at the end. */
static void
check_says_what (FermataScxmlRead  *read,
                 FermataScxmlNode  *node,
                 const char *const *any,
                 const char        *message)
{
  gsize offset;

  for (guint i = 0; any[i] != NULL; i++)
    {
      if (has (node, any[i], strlen (any[i]), &offset))
        return;
    }
  set_node (fermata_scxml_report (read, FERMATA_SEVERITY_WARNING, "missing-attribute", node->begin, "%s", message), node);
}

/* The transition of an <initial> is taken whatever happens. */
static void
check_initial (FermataScxmlRead *read,
               FermataScxmlNode *node)
{
  static const char *const names[] = { "event", "cond" };
  FermataScxmlAttribute *type = fermata_scxml_node_find (node, "type");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FermataScxmlAttribute *attribute = fermata_scxml_node_find (node, names[i]);

      if (attribute != NULL)
        set_node (fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, "wrong-attribute", attribute->name_offset,
                                        _("the <transition> of <initial> cannot have “%s”: it is always taken"),
                                        names[i]), node);
    }
  if (type != NULL && strcmp (type->value, "internal") == 0)
    set_node (fermata_scxml_report (read, FERMATA_SEVERITY_WARNING, "wrong-attribute", type->name_offset,
                                    _("the <transition> of <initial> needs no “type”; it is kept and does nothing")),
              node);
}

static void
check_root (FermataScxmlRead *read,
            FermataScxmlNode *node)
{
  FermataScxmlAttribute *version = fermata_scxml_node_find (node, "version");

  check_choice (read, node, "datamodel", "ecmascript", "null");
  check_choice (read, node, "binding", "early", "late");
  check_filled (read, node, "initial");
  if (version == NULL)
    fermata_scxml_report (read, FERMATA_SEVERITY_WARNING, "missing-attribute", node->begin,
                          _("<scxml> needs version=\"1.0\""));
  else if (strcmp (version->value, "1.0") != 0)
    fermata_scxml_report (read, FERMATA_SEVERITY_WARNING, "bad-value", version->begin,
                          _("this is version “%s” of SCXML; it is read as 1.0"), version->value);
}

static void
check_element (FermataScxmlRead *read,
               FermataScxmlNode *node)
{
  /* What other types need, whoever knows them knows. */
  static const char *const sends[] = { "event", "eventexpr", "<content>", "type", "typeexpr", NULL };
  static const char *const invokes[] = { "src", "srcexpr", "<content>", "type", "typeexpr", NULL };

  switch (node->word->tag)
    {
    case FERMATA_SCXML_SCXML:
      check_root (read, node);
      break;
    case FERMATA_SCXML_STATE:
      check_filled (read, node, "initial");
      break;
    case FERMATA_SCXML_HISTORY:
      check_choice (read, node, "type", "shallow", "deep");
      break;
    case FERMATA_SCXML_TRANSITION:
      check_choice (read, node, "type", "external", "internal");
      check_filled (read, node, "target");
      check_filled (read, node, "event");
      if (fermata_scxml_node_is (node->parent, FERMATA_SCXML_INITIAL))
        check_initial (read, node);
      break;
    case FERMATA_SCXML_SEND:
      check_says_what (read, node, sends, _("<send> needs “event”, “eventexpr” or <content>"));
      break;
    case FERMATA_SCXML_INVOKE:
      check_says_what (read, node, invokes, _("<invoke> needs “src”, “srcexpr” or <content>: there is nothing to invoke"));
      check_choice (read, node, "autoforward", "true", "false");
      break;
    case FERMATA_SCXML_ASSIGN:
      check_either (read, node, "expr", ".");
      break;
    case FERMATA_SCXML_CANCEL:
      check_either (read, node, "sendid", "sendidexpr");
      break;
    case FERMATA_SCXML_PARAM:
      check_either (read, node, "expr", "location");
      break;
    default:
      break;
    }
}

void
fermata_scxml_check (FermataScxmlRead *read,
                     FermataScxmlTree *tree)
{
  for (FermataScxmlNode *node = tree->root; node != NULL; node = fermata_scxml_node_next (node, tree->root))
    {
      if (node->word == NULL)
        continue;
      check_attributes (read, node);
      check_required (read, node);
      for (guint i = 0; node->word->exclusive[i] != NULL; i++)
        check_group (read, node, node->word->exclusive[i]);
      check_children (read, node);
      check_element (read, node);
    }
}
