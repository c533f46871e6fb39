/** The Amazon States Language as typed values: states, JSON, state graph, diagram, validation. It knows nothing of Pulumi or of this pipeline. */
package dataprep.asl;
