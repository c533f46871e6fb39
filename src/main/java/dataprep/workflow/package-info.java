/** The state machine: names of resources in, a definition out. It has no Pulumi types. */
package dataprep.workflow;
