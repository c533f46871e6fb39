// The state machine's states as a CDK app builds them: as many of each kind as the pipeline's workflow has.
// A state is its kind, with what it holds, then the states that may follow, the one without a condition last.
const { Duration, aws_stepfunctions: sfn, aws_stepfunctions_tasks: tasks } = require('aws-cdk-lib');

const showing = (again) => ({
    [`ReadViews${again}`]: [
        { parallel: [{ [`ReadTable${again}`]: ['glue:getTable'] }, { [`FindCsv${again}`]: ['s3:listObjectsV2'] }] },
        `PointTable${again}`,
    ],
    [`PointTable${again}`]: ['glue:updateTable', `CsvWritten${again}`],
    [`CsvWritten${again}`]: ['choice', `PublishCsv${again}`, `RemoveCsv${again}`, `DatasetOnly${again}`],
    [`PublishCsv${again}`]: ['s3:copyObject'],
    [`RemoveCsv${again}`]: ['s3:deleteObject'],
    [`DatasetOnly${again}`]: ['succeed'],
});
const pruning = {
    ListRun: ['s3:listObjectsV2', 'RunIdle'],
    RunIdle: ['choice', 'DeleteObjects', 'RunKept'],
    DeleteObjects: ['s3:deleteObjects', 'Deleted'],
    Deleted: ['choice', 'ListRun', 'RunKept'],
    RunKept: ['succeed'],
};
const states = {
    CheckInput: ['choice', 'NotifyFailure', 'FindRunningExecutions'],
    FindRunningExecutions: ['sfn:listExecutions', 'Turn'],
    Turn: ['choice', 'ReadPublished', 'DescribeWaiting', 'AwaitTurn'],
    DescribeWaiting: ['sfn:describeExecution', 'Waiting'],
    Waiting: ['choice', 'Coalesced', 'AwaitTurn'],
    AwaitTurn: ['wait', 'FindRunningExecutions'],
    Coalesced: ['succeed'],
    ReadPublished: ['s3:getObject', 'Requested'],
    Requested: ['choice', 'ReadKeptRun', 'NotifyFailure', 'ExtractData'],
    ReadKeptRun: ['s3:getObject', 'PublicationFree'],
    ExtractData: [{ map: { ExtractSource: ['extract'] } }, 'NewData'],
    NewData: ['choice', 'TransformData', 'NothingToDo'],
    NothingToDo: ['succeed'],
    TransformData: ['transform', 'TransformEnded'],
    TransformEnded: ['choice', 'ReadQuality', 'NotifyFailure'],
    ReadQuality: ['s3:getObject', 'QualityGate'],
    QualityGate: ['choice', 'StageManifest', 'NotifyFailure'],
    StageManifest: ['s3:putObject', 'PublicationFree'],
    PublicationFree: ['choice', 'DescribePublisher', 'ClaimPublication'],
    DescribePublisher: ['sfn:describeExecution', 'PublisherEnded'],
    PublisherEnded: ['choice', 'AwaitPublisher', 'AwaitLateCalls'],
    AwaitLateCalls: ['wait', 'ClaimPublication'],
    AwaitPublisher: ['wait', 'ReadPublished'],
    ClaimPublication: ['s3:putObject', 'ReadClaim'],
    ReadClaim: ['s3:getObject', 'ClaimHeld'],
    ClaimHeld: ['choice', 'LoadData', 'ReadOutcome', 'NotifyFailure', 'AwaitPublisher'],
    LoadData: [{ parallel: [showing('')] }, 'CommitManifest'],
    CommitManifest: ['s3:putObject', 'ReadOutcome'],
    QualityWarnings: ['choice', 'NotifyWarning', 'ListRuns'],
    NotifyWarning: ['notify', 'ListRuns'],
    ListRuns: ['s3:listObjectsV2', 'PruneRuns'],
    PruneRuns: [{ map: pruning }, 'MoreRuns'],
    MoreRuns: ['choice', 'ListMoreRuns', 'Published'],
    ListMoreRuns: ['s3:listObjectsV2', 'PruneRuns'],
    Published: ['succeed'],
    ReadOutcome: ['s3:getObject', 'Outcome'],
    Outcome: ['choice', 'AwaitOwnLateCalls', 'QualityWarnings', 'NotifyFailure'],
    AwaitOwnLateCalls: ['wait', 'Redriven'],
    Redriven: ['choice', 'ClaimPublication', 'ClaimRestoration'],
    ClaimRestoration: ['s3:putObject', 'RestoreData'],
    RestoreData: [{ parallel: [showing('Again')] }, 'RestoreManifest'],
    RestoreManifest: ['s3:putObject', 'NotifyFailure'],
    NotifyFailure: ['notify', 'PipelineFailed'],
    PipelineFailed: ['fail'],
};

/** @param resources {data, extract, job, topic}, the constructs that the tasks work with */
module.exports = (scope, resources) => build(scope, resources, states);

function build(scope, resources, definition) {
    const built = {};
    for (const [name, [kind]] of Object.entries(definition)) built[name] = create(scope, resources, name, kind);
    for (const [name, [kind, ...targets]] of Object.entries(definition)) {
        const state = built[name];
        if (kind === 'choice') {
            const last = targets.pop();
            targets.forEach((target, i) => state.when(sfn.Condition.isPresent(`$.${name}${i}`), built[target]));
            state.otherwise(built[last]);
            continue;
        }
        if (state.addRetry) state.addRetry({ maxAttempts: 5, backoffRate: 2 });
        if (state.addCatch && built.NotifyFailure && name !== 'NotifyFailure') state.addCatch(built.NotifyFailure);
        if (targets.length) state.next(built[targets[0]]);
    }
    return Object.values(built)[0];
}

function create(scope, resources, name, kind) {
    const { data, extract, job, topic } = resources;
    if (kind.map) {
        const map = new sfn.Map(scope, name, { itemsPath: '$.items', maxConcurrency: 10 });
        return map.itemProcessor(build(scope, resources, kind.map));
    }
    if (kind.parallel) {
        return new sfn.Parallel(scope, name).branch(...kind.parallel.map((each) => build(scope, resources, each)));
    }
    switch (kind) {
        case 'choice': return new sfn.Choice(scope, name);
        case 'wait': return new sfn.Wait(scope, name, { time: sfn.WaitTime.duration(Duration.seconds(30)) });
        case 'succeed': return new sfn.Succeed(scope, name);
        case 'fail': return new sfn.Fail(scope, name);
        case 'extract': return new tasks.LambdaInvoke(scope, name, { lambdaFunction: extract });
        case 'notify': return new tasks.SnsPublish(scope, name, { topic, message: sfn.TaskInput.fromJsonPathAt('$') });
        case 'transform': return new tasks.GlueStartJobRun(scope, name, {
            glueJobName: job.ref,
            integrationPattern: sfn.IntegrationPattern.RUN_JOB,
        });
        default: {
            const [service, action] = kind.split(':');
            const parameters = { Bucket: data.bucketName, Key: name };
            return new tasks.CallAwsService(scope, name, {
                service, action, parameters, iamResources: [data.arnForObjects('*')],
            });
        }
    }
}
