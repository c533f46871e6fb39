// The pipeline's stack as a CDK app, of the same kinds and numbers of resources, which the bench checks: what
// `cdk synth` is timed on.
// `-c buckets=10` adds as many buckets, `-c datasets=10` prepares as many data sets.
const path = require('path');
const cdk = require('aws-cdk-lib');
const { aws_athena: athena, aws_events: events, aws_events_targets: targets, aws_glue: glue, aws_iam: iam } = cdk;
const { aws_lambda: lambda, aws_logs: logs, aws_s3: s3, aws_s3_assets: assets, aws_sns: sns } = cdk;
const { aws_sqs: sqs, aws_stepfunctions: sfn } = cdk;
const { Construct } = require('constructs');
const workflow = require('./workflow');

const root = path.join(__dirname, '..', '..');
// CloudFormation takes 500 resources in a stack, and the CDK checks that; here it is the growth that counts
const app = new cdk.App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
const stack = new cdk.Stack(app, 'data-preparation');

const secure = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
};
const expiring = ['raw/', 'quarantine/', 'quality/', 'reports/', 'query-results/'];
const data = new s3.Bucket(stack, 'dataBucket', {
    ...secure,
    lifecycleRules: expiring.map((prefix) => ({ prefix, expiration: cdk.Duration.days(30) })),
});
const scripts = new s3.Bucket(stack, 'scriptsBucket', secure);
const files = ['samples/flights.csv', 'samples/airlines.csv', 'samples/weather.csv', 'glue-scripts/transform.py',
    'glue-scripts/dataprep'];
const uploads = files.map((file) => new assets.Asset(stack, file, { path: path.join(root, file) }));

const logGroup = (name, scope = stack) => new logs.LogGroup(scope, name, { retention: logs.RetentionDays.ONE_MONTH });
const role = (name, service, scope = stack) =>
    new iam.Role(scope, name, { assumedBy: new iam.ServicePrincipal(service) });

const extractRole = role('dataExtractionRole', 'lambda.amazonaws.com');
const extract = new lambda.Function(stack, 'dataExtractionLambda', {
    runtime: lambda.Runtime.PYTHON_3_13,
    architecture: lambda.Architecture.ARM_64,
    handler: 'handler.handler',
    code: lambda.Code.fromAsset(path.join(root, 'lambda', 'extract')),
    role: extractRole,
    timeout: cdk.Duration.minutes(15),
    logGroup: logGroup('extractionLogs'),
});
data.grantReadWrite(extractRole);

const jobRole = role('dataTransformationRole', 'glue.amazonaws.com');
data.grantReadWrite(jobRole);
scripts.grantRead(jobRole);
['output', 'error'].forEach((kind) => new logs.LogGroup(stack, `transformation-${kind}`, {
    logGroupName: `/aws-glue/jobs/data-preparation/${kind}`,
    retention: logs.RetentionDays.ONE_MONTH,
}));
const job = new glue.CfnJob(stack, 'dataTransformationJob', {
    role: jobRole.roleArn,
    glueVersion: '6.0',
    workerType: 'G.1X',
    numberOfWorkers: 2,
    command: { name: 'glueetl', pythonVersion: '3', scriptLocation: uploads[3].s3ObjectUrl },
    defaultArguments: {
        '--custom-logGroup-prefix': '/aws-glue/jobs/data-preparation',
        '--conf': `spark.hadoop.fs.s3a.endpoint.region=${stack.region}`,
    },
});

const database = new glue.CfnDatabase(stack, 'database', {
    catalogId: stack.account,
    databaseInput: { name: 'data_preparation' },
});
const workgroup = new athena.CfnWorkGroup(stack, 'queryWorkgroup', {
    name: 'data-preparation',
    workGroupConfiguration: { resultConfiguration: { outputLocation: data.s3UrlForObject('query-results/') } },
});

const topic = new sns.Topic(stack, 'failureTopic', { displayName: 'data preparation failures', enforceSSL: true });

const columns = Array.from({ length: 20 }, (_, i) => ({ name: `column_${i}`, type: 'string' }));
const prepare = (scope) => {
    ['flights.json', 'recipe.schema.json'].forEach((file) => {
        // the second stands for the facts of the lineage
        new assets.Asset(scope, file, { path: path.join(root, 'glue-scripts', 'recipes', file) });
    });
    for (const name of ['preparedData', 'quarantine', 'quality']) {
        new glue.CfnTable(scope, `${name}Table`, {
            catalogId: stack.account,
            databaseName: database.ref,
            tableInput: {
                name: name.toLowerCase(),
                storageDescriptor: { columns, location: data.s3UrlForObject(name) },
            },
        });
    }
    for (const name of ['currentRows', 'quarantinedRows', 'brokenRules']) {
        new athena.CfnNamedQuery(scope, name, {
            database: database.ref,
            workGroup: workgroup.ref,
            queryString: `SELECT * FROM ${name.toLowerCase()}`,
        });
    }
    const machine = new sfn.StateMachine(scope, 'dataPreparationStateMachine', {
        definitionBody: sfn.DefinitionBody.fromChainable(workflow(scope, { data, extract, job, topic })),
        role: role('stepFunctionRole', 'states.amazonaws.com', scope),
        logs: { destination: logGroup('workflowLogs', scope), level: sfn.LogLevel.ALL },
        tracingEnabled: true,
    });
    const version = new sfn.CfnStateMachineVersion(scope, 'version', { stateMachineArn: machine.stateMachineArn });
    new sfn.CfnStateMachineAlias(scope, 'live', {
        name: 'live',
        routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    new events.Rule(scope, 'runsCutOff', {
        eventPattern: {
            source: ['aws.states'],
            detail: { status: ['ABORTED', 'TIMED_OUT'], stateMachineArn: [machine.stateMachineArn] },
        },
        targets: [new targets.SnsTopic(topic)],
    });
    return machine;
};

const count = Number(app.node.tryGetContext('datasets') ?? 1);
const scopes = Array.from({ length: count }, (_, i) => (count === 1 ? stack : new Construct(stack, `dataset${i}`)));
const machines = scopes.map(prepare);

const lineageRole = role('lineageRole', 'lambda.amazonaws.com');
const lineage = new lambda.Function(stack, 'lineage', {
    runtime: lambda.Runtime.PYTHON_3_13,
    architecture: lambda.Architecture.ARM_64,
    handler: 'handler.handler',
    code: lambda.Code.fromAsset(path.join(root, 'lambda', 'lineage')),
    role: lineageRole,
    logGroup: logGroup('lineageLogs'),
});
data.grantReadWrite(lineageRole);
const lineageDeadLetters = new sqs.Queue(stack, 'lineageDeadLetters', { enforceSSL: true });
// an event pattern takes the ARNs of twelve state machines
for (let i = 0; i < machines.length; i += 12) {
    new events.Rule(stack, `lineage${i}`, {
        eventPattern: {
            source: ['aws.states'],
            detail: { stateMachineArn: machines.slice(i, i + 12).map((machine) => machine.stateMachineArn) },
        },
        targets: [new targets.LambdaFunction(lineage, { deadLetterQueue: lineageDeadLetters })],
    });
}

for (let i = 0; i < Number(app.node.tryGetContext('buckets') ?? 0); i++) new s3.Bucket(stack, `more${i}`);

new cdk.CfnOutput(stack, 'state_machine_arn', { value: machines[0].stateMachineArn });
