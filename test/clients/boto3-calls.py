"""Calls of a data engineer's day with boto3, against the endpoint that the environment names.

Reads what the platform is from the first argument, as JSON, and prints what each call came to, as JSON. The same calls are made with the
JavaScript SDK in js-calls.ts; both are held against expected.ts.
"""

import datetime
import json
import sys
import time
import urllib.error
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

platform = json.loads(sys.argv[1])
made = 0


def count_call(**_):
    global made
    made += 1


def clients(keys=None):
    session = boto3.Session(**(keys or {}))
    session.events.register("before-call", count_call)
    return session


def assume(role):
    credentials = clients().client("sts").assume_role(RoleArn=role, RoleSessionName="boto3")["Credentials"]
    return clients(
        {
            "aws_access_key_id": credentials["AccessKeyId"],
            "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials["SessionToken"],
        }
    )


operator = clients()
producer = assume(platform["producerRole"])
reader = assume(platform["readerRole"])
endpoint = operator.client("sts").meta.endpoint_url
stream, lake, work_group = platform["stream"], platform["lake"], platform["workGroup"]


def advance(milliseconds):
    request = AWSRequest(
        method="POST",
        url=endpoint,
        data=json.dumps({"milliseconds": milliseconds}).encode(),
        headers={"X-Amz-Target": "Headwaters.Advance", "Content-Type": "application/x-amz-json-1.1"},
    )
    SigV4Auth(operator.get_credentials(), "headwaters", "us-east-1").add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(endpoint, request.data, dict(request.headers))) as answer:
        return json.load(answer)


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return f'{error.response["ResponseMetadata"]["HTTPStatusCode"]} {error.response["Error"]["Code"]}'
    return "allowed"


def run_query(session, sql):
    athena = session.client("athena")
    started = athena.start_query_execution(
        QueryString=sql, WorkGroup=work_group, QueryExecutionContext={"Database": "fixture"}
    )["QueryExecutionId"]
    while True:
        execution = athena.get_query_execution(QueryExecutionId=started)["QueryExecution"]
        if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
            return execution
        time.sleep(0.05)


def pages_of(session, execution, size):
    paginator = session.client("athena").get_paginator("get_query_results")
    found = paginator.paginate(
        QueryExecutionId=execution["QueryExecutionId"], PaginationConfig={"PageSize": size}
    )
    return [[[cell.get("VarCharValue") for cell in row["Data"]] for row in page["ResultSet"]["Rows"]] for page in found]


def result_file(session, execution):
    bucket, key = execution["ResultConfiguration"]["OutputLocation"].removeprefix("s3://").split("/", 1)
    return session.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def shape(keys):
    return [key.split("/")[0] for key in keys]


def fetch(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code


results = {}
s3, reads = operator.client("s3"), reader.client("s3")
kinesis, glue, athena, firehose = (
    operator.client("kinesis"),
    reader.client("glue"),
    reader.client("athena"),
    operator.client("firehose"),
)

# who calls
results["operator"] = operator.client("sts").get_caller_identity()["Arn"].split(":")[-1].split("/")[0]
results["reader"] = reader.client("sts").get_caller_identity()["Arn"].split("/")[-1]

# streams
results["streams"] = kinesis.list_streams()["StreamNames"] == [stream]
results["stream"] = kinesis.describe_stream_summary(StreamName=stream)["StreamDescriptionSummary"]["StreamStatus"]
results["shards"] = len(kinesis.list_shards(StreamName=stream)["Shards"])
events = [json.dumps({"id": id}).encode() for id in range(1, 6)]
results["put"] = producer.client("kinesis").put_records(
    StreamName=stream, Records=[{"Data": event, "PartitionKey": str(at)} for at, event in enumerate(events)]
)["FailedRecordCount"]
iterator = kinesis.get_shard_iterator(StreamName=stream, ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")
read = kinesis.get_records(ShardIterator=iterator["ShardIterator"], Limit=2)
results["records"] = [json.loads(record["Data"])["id"] for record in read["Records"]]
results["deliveries"] = len(firehose.list_delivery_streams()["DeliveryStreamNames"])
results["delivery"] = firehose.describe_delivery_stream(
    DeliveryStreamName=firehose.list_delivery_streams()["DeliveryStreamNames"][0]
)["DeliveryStreamDescription"]["DeliveryStreamStatus"]
results["advance"] = advance(600_000)["delivered"]

# objects
results["buckets"] = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == [lake]
results["head bucket"] = s3.head_bucket(Bucket=lake)["ResponseMetadata"]["HTTPStatusCode"]
results["location"] = s3.get_bucket_location(Bucket=lake)["LocationConstraint"]
listed = reads.list_objects_v2(Bucket=lake, Prefix="data/")
results["list"] = shape(item["Key"] for item in listed["Contents"])
parquet = listed["Contents"][0]["Key"]
results["head"] = reads.head_object(Bucket=lake, Key=parquet)["ContentLength"] == listed["Contents"][0]["Size"]
results["get"] = reads.get_object(Bucket=lake, Key=parquet, Range="bytes=0-3")["Body"].read().decode()
s3.put_object(Bucket=lake, Key="notes/a b+ü.txt", Body=b"one", ContentType="text/plain", Metadata={"by": "boto3"})
s3.put_object(Bucket=lake, Key="notes/b.txt", Body=b"two")
note = s3.get_object(Bucket=lake, Key="notes/a b+ü.txt")
results["note"] = [note["Body"].read().decode(), note["ContentType"], note["Metadata"]["by"]]
paged = s3.get_paginator("list_objects_v2").paginate(Bucket=lake, Prefix="notes/", PaginationConfig={"PageSize": 1})
results["pages"] = [[item["Key"] for item in page["Contents"]] for page in paged]
results["folders"] = [
    item["Prefix"] for item in s3.list_objects_v2(Bucket=lake, Delimiter="/")["CommonPrefixes"]
]
signer = operator.client("s3", config=Config(signature_version="s3v4"))
url = signer.generate_presigned_url("get_object", Params={"Bucket": lake, "Key": "notes/b.txt"}, ExpiresIn=60)
results["presigned"] = [fetch(url), fetch(url.replace("b.txt", "c.txt"))]
s3.delete_object(Bucket=lake, Key="notes/b.txt")
results["deleted"] = refused(s3.head_object, Bucket=lake, Key="notes/b.txt")

# the catalog
results["databases"] = [database["Name"] for database in glue.get_databases()["DatabaseList"]]
results["database"] = glue.get_database(Name="fixture")["Database"]["Name"]
results["tables"] = [
    table["Name"] for page in glue.get_paginator("get_tables").paginate(DatabaseName="fixture") for table in page["TableList"]
]
table = glue.get_table(DatabaseName="fixture", Name="events")["Table"]
results["columns"] = [[column["Name"], column["Type"]] for column in table["StorageDescriptor"]["Columns"]]

# queries
execution = run_query(reader, "SELECT id, note FROM events ORDER BY id")
results["query"] = execution["Status"]["State"]
results["rows by page"] = pages_of(reader, execution, 2)
results["scanned"] = execution["Statistics"]["DataScannedInBytes"] > 0
results["csv"] = result_file(reader, execution)
results["work group"] = athena.get_work_group(WorkGroup=work_group)["WorkGroup"]["State"]
named = athena.list_named_queries(WorkGroup=work_group)["NamedQueryIds"]
results["named query"] = athena.get_named_query(NamedQueryId=named[0])["NamedQuery"]["Name"]
queries = athena.batch_get_named_query(NamedQueryIds=named)["NamedQueries"]
results["its answer"] = pages_of(reader, run_query(reader, queries[0]["QueryString"]), 10)
failed = run_query(reader, "SELECT nothing FROM events")
results["failed query"] = [failed["Status"]["State"], "COLUMN_NOT_FOUND" in failed["Status"]["StateChangeReason"]]

# metrics
cloudwatch = operator.client("cloudwatch")
day = datetime.timedelta(days=1)
begin = datetime.datetime(2001, 1, 1, tzinfo=datetime.timezone.utc)
listed = cloudwatch.get_paginator("list_metrics").paginate(Namespace="AWS/Kinesis")
results["metrics"] = sorted(metric["MetricName"] for page in listed for metric in page["Metrics"])
measured = cloudwatch.get_metric_statistics(
    Namespace="AWS/Kinesis",
    MetricName="IncomingRecords",
    Dimensions=[{"Name": "StreamName", "Value": stream}],
    StartTime=begin,
    EndTime=begin + 14 * day,
    Period=14 * 86400,
    Statistics=["Sum"],
)
results["measured"] = [point["Sum"] for point in measured["Datapoints"]]
results["alarms"] = cloudwatch.describe_alarms()["MetricAlarms"]

# what a role may not do, and what is not there
results["reader puts records"] = refused(
    reader.client("kinesis").put_records, StreamName=stream, Records=[{"Data": b"x", "PartitionKey": "x"}]
)
results["reader writes data"] = refused(reads.put_object, Bucket=lake, Key="data/x", Body=b"x")
results["producer lists"] = refused(producer.client("s3").list_objects_v2, Bucket=lake)
results["producer reads the catalog"] = refused(producer.client("glue").get_table, DatabaseName="fixture", Name="events")
results["producer asks"] = refused(
    producer.client("athena").start_query_execution, QueryString="SELECT 1", WorkGroup=work_group
)
results["producer looks at metrics"] = refused(producer.client("cloudwatch").list_metrics)
results["reader assumes"] = refused(
    reader.client("sts").assume_role, RoleArn=f'{platform["readerRole"]}-none', RoleSessionName="boto3"
)
results["no object"] = refused(s3.get_object, Bucket=lake, Key="none")
results["no bucket"] = refused(s3.list_objects_v2, Bucket="none-such-bucket")
results["no stream"] = refused(kinesis.describe_stream_summary, StreamName="none")
results["no table"] = refused(operator.client("glue").get_table, DatabaseName="fixture", Name="none")
results["no query"] = refused(athena.get_query_execution, QueryExecutionId="00000000-0000-0000-0000-000000000000")
results["lacking"] = refused(operator.client("glue").get_crawlers)
wrong = clients({"aws_access_key_id": operator.get_credentials().access_key, "aws_secret_access_key": "wrong"})
results["wrong secret"] = [refused(wrong.client("s3").list_buckets), refused(wrong.client("kinesis").list_streams)]

print(json.dumps({"calls": made, "results": results}))
