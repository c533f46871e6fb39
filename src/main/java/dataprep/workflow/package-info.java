/** The state machine: builds a definition from resource names. It has no Pulumi types. */
package dataprep.workflow;
