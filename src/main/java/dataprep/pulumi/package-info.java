/** Workarounds for Pulumi's Java SDK, each with the condition for its removal. */
package dataprep.pulumi;
