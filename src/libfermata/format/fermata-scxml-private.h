/* fermata-scxml-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-scxml.h"
#include "value/fermata-line-index-private.h"
#include "value/fermata-name-table-private.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

#define FERMATA_SCXML_NAMESPACE "http://www.w3.org/2005/07/scxml"

/* Of what graphs have and SCXML has not; usually with this prefix. */
#define FERMATA_SCXML_OWN_NAMESPACE "https://fermata.github.io/ns/graph"
#define FERMATA_SCXML_OWN_PREFIX "fermata"

/* Words: the elements of the recommendation, and what may be in them. */

typedef enum {
  FERMATA_SCXML_NONE,
  FERMATA_SCXML_SCXML,
  FERMATA_SCXML_STATE,
  FERMATA_SCXML_PARALLEL,
  FERMATA_SCXML_FINAL,
  FERMATA_SCXML_HISTORY,
  FERMATA_SCXML_INITIAL,
  FERMATA_SCXML_TRANSITION,
  FERMATA_SCXML_ONENTRY,
  FERMATA_SCXML_ONEXIT,
  FERMATA_SCXML_RAISE,
  FERMATA_SCXML_IF,
  FERMATA_SCXML_ELSEIF,
  FERMATA_SCXML_ELSE,
  FERMATA_SCXML_FOREACH,
  FERMATA_SCXML_LOG,
  FERMATA_SCXML_DATAMODEL,
  FERMATA_SCXML_DATA,
  FERMATA_SCXML_ASSIGN,
  FERMATA_SCXML_DONEDATA,
  FERMATA_SCXML_CONTENT,
  FERMATA_SCXML_PARAM,
  FERMATA_SCXML_SCRIPT,
  FERMATA_SCXML_SEND,
  FERMATA_SCXML_CANCEL,
  FERMATA_SCXML_INVOKE,
  FERMATA_SCXML_FINALIZE,
} FermataScxmlTag;

#define FERMATA_SCXML_BIT(tag) (1u << FERMATA_SCXML_##tag)

/* @attributes, @required: NULL at the end. @exclusive: groups with spaces in
 * them, of which at most one may be there; “.” is what is between the tags.
 * @children, @once: bits of tags; @once: those that may be there but once. */
typedef struct {
  const char *name;
  FermataScxmlTag tag;
  const char *const *attributes;
  const char *const *required;
  const char *const *exclusive;
  guint32 children;
  guint32 once;
  gboolean takes_text;
} FermataScxmlWord;

const FermataScxmlWord *fermata_scxml_find_word     (const char             *name);
gboolean                fermata_scxml_has_attribute (const FermataScxmlWord *word,
                                                     const char             *name);

/* Whether executable content may stand in it, a foreigner's included. */
gboolean                fermata_scxml_is_block      (const FermataScxmlWord *word);

/* A text, decoded. */

typedef struct {
  GBytes *bytes;                /* UTF-8, without a byte order mark */
  const char *data;
  gsize length;
  FermataLineIndex *lines;
  const char *name;
  GListStore *diagnostics;
  guint n_diagnostics;
  guint n_errors;
} FermataScxmlRead;

/* So many of one text are kept. */
#define FERMATA_SCXML_MAX_DIAGNOSTICS 1000u

/* What is read at most, decoded, so that offsets fit in 32 bits and libxml2's
 * own numbers do not overflow. */
#define FERMATA_SCXML_MAX_SIZE ((gsize) 1 << 30)

/* How deep states may be in each other, actions in each other, and elements. */
#define FERMATA_SCXML_MAX_STATES 1000u
#define FERMATA_SCXML_MAX_ACTIONS 1000u
#define FERMATA_SCXML_MAX_ELEMENTS 2200u

/* Looking up names in libxml2 takes as long as there are many. */
#define FERMATA_SCXML_MAX_ATTRIBUTES 256u
#define FERMATA_SCXML_MAX_NAMESPACES 256u

/* FALSE, and told of, if it is in no encoding that is known. */
gboolean           fermata_scxml_read_decode (FermataScxmlRead *self,
                                              GBytes           *text);
void               fermata_scxml_read_clear  (FermataScxmlRead *self);

/* Whether the text keeps within the limits above; told of if not. */
gboolean           fermata_scxml_check_limits (FermataScxmlRead *self);

/* Gives the diagnostic (transfer none); NULL if there are too many. */
FermataDiagnostic *fermata_scxml_report      (FermataScxmlRead *self,
                                              FermataSeverity   severity,
                                              const char       *code,
                                              gsize             offset,
                                              const char       *format,
                                              ...) G_GNUC_PRINTF (5, 6);

/* A tree: the elements of SCXML. All others, comments and processing
 * instructions are kept as they stand, without a tree of their own. */

typedef struct _FermataScxmlNode FermataScxmlNode;
typedef struct _FermataScxmlMachine FermataScxmlMachine;

/* @name: as written, with its prefix. @own_name: without it, if it is the member of
 * a graph that SCXML has not; else NULL. Offsets are into the text. */
typedef struct {
  const char *name;
  const char *own_name;
  const char *value;
  gboolean is_known;
  guint32 name_offset;
  guint32 begin;
  guint32 end;
} FermataScxmlAttribute;

/*
 * @word: NULL if it is no element, but markup that is kept as @text. @is_action:
 * such markup, and somebody else's executable content. @text: of elements that
 * take text, what is between the tags; NULL if there are no tags to be between,
 * or a machine is. @has_markup: that text is markup. @has_machine: it is the
 * <content> around one.
 *
 * @id: of a state, the one it has or is given. @value, @kept: what became of it,
 * and what is kept of it besides.
 */
struct _FermataScxmlNode {
  const FermataScxmlWord *word;
  FermataScxmlNode *parent;
  FermataScxmlNode *first_child;
  FermataScxmlNode *last_child;
  FermataScxmlNode *previous;
  FermataScxmlNode *next;
  FermataScxmlMachine *machine;
  FermataScxmlAttribute *attributes;
  guint n_attributes;
  guint depth;                  /* of states, or of actions */
  guint32 begin;
  guint32 text_begin;
  guint32 text_end;
  gboolean has_markup;
  gboolean has_machine;
  gboolean is_action;
  const char *text;
  gsize text_length;
  const char *id;
  FermataValue *value;
  FermataValue *kept;
  guint32 place;
};

/* @edges: of FermataValue. @prefix: of SCXML's own elements. @namespaces: prefixes
 * and URIs by turns. */
struct _FermataScxmlMachine {
  FermataScxmlNode *root;
  GHashTable *ids;
  GPtrArray *edges;
  const char *prefix;
  GPtrArray *namespaces;
  guint n_anonymous[4];
};

typedef struct _FermataScxmlTree FermataScxmlTree;

struct _FermataScxmlTree {
  GPtrArray *blocks;
  gsize n_left;
  GStringChunk *names;
  GPtrArray *machines;
  FermataScxmlNode *root;
  FermataScxmlNode *around;     /* holds what is before the root, and behind it */
};

FermataScxmlTree      *fermata_scxml_tree_new      (void);
void                   fermata_scxml_tree_free     (FermataScxmlTree *self);
FermataScxmlNode      *fermata_scxml_tree_add      (FermataScxmlTree *self,
                                                    FermataScxmlNode *parent);
gpointer               fermata_scxml_tree_alloc    (FermataScxmlTree *self,
                                                    gsize             size);
const char            *fermata_scxml_tree_keep     (FermataScxmlTree *self,
                                                    const char       *text,
                                                    gsize             length);
FermataScxmlMachine   *fermata_scxml_tree_add_machine (FermataScxmlTree *self,
                                                       FermataScxmlNode *root);

/* Whether spaces around the value of the attribute mean nothing. */
gboolean               fermata_scxml_is_trimmed    (const char       *attribute);

/* Whether what the element says is an object of the graph. */
gboolean               fermata_scxml_has_object    (FermataScxmlNode *self);

/* The next element, an element's own before it and after all that is in it. */
FermataScxmlNode      *fermata_scxml_node_next     (FermataScxmlNode *self,
                                                    FermataScxmlNode *root);
FermataScxmlNode      *fermata_scxml_node_first_within (FermataScxmlNode *self);
FermataScxmlNode      *fermata_scxml_node_next_after   (FermataScxmlNode *self,
                                                        FermataScxmlNode *root);

FermataScxmlAttribute *fermata_scxml_node_find     (FermataScxmlNode *self,
                                                    const char       *name);
const char            *fermata_scxml_node_get      (FermataScxmlNode *self,
                                                    const char       *name);
gboolean               fermata_scxml_node_is       (FermataScxmlNode *self,
                                                    FermataScxmlTag   tag);
FermataScxmlNode      *fermata_scxml_node_child    (FermataScxmlNode *self,
                                                    FermataScxmlTag   tag);

/* Types that mean SCXML in <invoke>; NULL does. */
gboolean               fermata_scxml_is_own_type   (const char       *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataScxmlTree, fermata_scxml_tree_free)

/* NULL, and told of, if the text is not SCXML. */
FermataScxmlTree *fermata_scxml_parse (FermataScxmlRead *read);

/* Tells of what an element must or must not have. */
void              fermata_scxml_check (FermataScxmlRead *read,
                                       FermataScxmlTree *tree);

/* Places: where the parts of the graph stand in the text. */

typedef struct _FermataScxmlPlaces FermataScxmlPlaces;

FermataScxmlPlaces *fermata_scxml_places_new     (FermataNameTable   *names);
void                fermata_scxml_places_free    (FermataScxmlPlaces *self);

/* All do nothing, and give 0, where @self is NULL. */
guint32             fermata_scxml_places_add     (FermataScxmlPlaces          *self,
                                                  guint32                      offset);
guint32             fermata_scxml_places_add_attribute (FermataScxmlPlaces          *self,
                                                        const FermataScxmlAttribute *attribute);
guint32             fermata_scxml_places_add_text (FermataScxmlPlaces         *self,
                                                   const FermataScxmlNode     *node);
void                fermata_scxml_places_put     (FermataScxmlPlaces          *self,
                                                  guint32                      parent,
                                                  const char                  *name,
                                                  guint32                      place);
void                fermata_scxml_places_put_at  (FermataScxmlPlaces          *self,
                                                  guint32                      parent,
                                                  gsize                        index,
                                                  guint32                      place);
gboolean            fermata_scxml_places_find    (FermataScxmlPlaces          *self,
                                                  const char                  *text,
                                                  guint32                      root,
                                                  const char                  *path,
                                                  gssize                       inner_offset,
                                                  gsize                       *offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataScxmlPlaces, fermata_scxml_places_free)

/* What is made of a tree. */

typedef struct {
  FermataScxmlRead *read;
  FermataScxmlTree *tree;
  FermataNameTable *names;
  FermataScxmlPlaces *places;
  gboolean is_incomplete;
} FermataScxmlBuild;

/* The document; the place of it is that of the tree's root. */
FermataValue *fermata_scxml_build            (FermataScxmlBuild *self);

/* Each element, when all in it has been: gives it its value, if it has one. */
void          fermata_scxml_build_machine    (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_state      (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_initial    (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_transition (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_data       (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_datamodel  (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_donedata   (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_param      (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_action     (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_block      (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_invoke     (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);
void          fermata_scxml_build_send       (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);

/* What SCXML has and graphs do not, of the element and those in it that become
 * no object of their own; NULL if there is nothing. */
FermataValue *fermata_scxml_build_kept       (FermataScxmlBuild *self,
                                              FermataScxmlNode  *node);

/* An object or an array that is being made, and its place. */

#define FERMATA_SCXML_MAX_MEMBERS 64

typedef struct {
  FermataScxmlBuild *build;
  guint32 place;
  guint n_members;
  FermataKey *keys[FERMATA_SCXML_MAX_MEMBERS];
  FermataValue *values[FERMATA_SCXML_MAX_MEMBERS];
} FermataScxmlObject;

void          fermata_scxml_object_init      (FermataScxmlObject *self,
                                              FermataScxmlBuild  *build,
                                              FermataScxmlNode   *node);

/* Takes @value; nothing if that is NULL. */
void          fermata_scxml_object_put       (FermataScxmlObject *self,
                                              const char         *name,
                                              FermataValue       *value,
                                              guint32             place);

/* The attribute, as @name, if it is there; trimmed. */
gboolean      fermata_scxml_object_put_attribute (FermataScxmlObject *self,
                                                  const char         *name,
                                                  FermataScxmlNode   *node,
                                                  const char         *attribute);

/* As a string or, if there are several words in it, or @always, an array. */
void          fermata_scxml_object_put_words (FermataScxmlObject *self,
                                              const char         *name,
                                              FermataScxmlNode   *node,
                                              const char         *attribute,
                                              gboolean            always);
void          fermata_scxml_object_put_text  (FermataScxmlObject *self,
                                              const char         *name,
                                              FermataScxmlNode   *node);

/* The values of those children that have the tag, as an array, if there are any. */
void          fermata_scxml_object_put_list  (FermataScxmlObject *self,
                                              const char         *name,
                                              FermataScxmlNode   *node,
                                              guint32             tags);

/* What is in <content>, as content or content-expr. */
void          fermata_scxml_object_put_content (FermataScxmlObject *self,
                                                FermataScxmlNode   *node);
void          fermata_scxml_object_put_kept  (FermataScxmlObject *self,
                                              FermataScxmlNode   *node);
FermataValue *fermata_scxml_object_end       (FermataScxmlObject *self);

/* The actions from @first up to one that has another's tag, as an array. */
FermataValue *fermata_scxml_build_actions    (FermataScxmlBuild  *self,
                                              FermataScxmlNode   *first,
                                              FermataScxmlNode   *end,
                                              guint32             place);

G_END_DECLS
