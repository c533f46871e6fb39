/** IAM policy documents as values. */
package dataprep.iam;
