/**
 * The Amazon States Language as typed values: states, JSON, state graph, diagram. It does not depend on Pulumi or on
 * this pipeline. {@code dataprep.asl.validation} checks them.
 */
package dataprep.asl;
