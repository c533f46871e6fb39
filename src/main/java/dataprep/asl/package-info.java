/**
 * The Amazon States Language as typed values: states, JSON, state graph, diagram, validation. It does not depend on
 * Pulumi or on this pipeline.
 */
package dataprep.asl;
