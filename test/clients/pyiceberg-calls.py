"""What PyIceberg and Athena do to the same Iceberg tables, against the endpoint that the environment names.

Prints what each step came to, as JSON; pyiceberg.test.ts says what that must be.
"""

import datetime
import decimal
import json
import os
import time
from collections import Counter

import boto3
import pyarrow as pa
from pyiceberg.catalog import load_catalog
from pyiceberg.exceptions import CommitFailedException
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import (
    BucketTransform,
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    TruncateTransform,
    VoidTransform,
    YearTransform,
)
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    IntegerType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
)

endpoint = os.environ["AWS_ENDPOINT_URL"]
account = {
    "region": os.environ["AWS_REGION"],
    "access-key-id": os.environ["AWS_ACCESS_KEY_ID"],
    "secret-access-key": os.environ["AWS_SECRET_ACCESS_KEY"],
    "endpoint": endpoint,
}
catalog = load_catalog(
    "glue",
    type="glue",
    warehouse="s3://lake/warehouse",
    **{f"{service}.{name}": value for service in ("glue", "s3") for name, value in account.items()},
)
athena = boto3.client("athena")
glue = boto3.client("glue")
results = {}


def ask(sql):
    started = athena.start_query_execution(
        QueryString=sql,
        QueryExecutionContext={"Database": "db"},
        ResultConfiguration={"OutputLocation": "s3://lake/results/"},
    )
    id = started["QueryExecutionId"]
    while True:
        status = athena.get_query_execution(QueryExecutionId=id)["QueryExecution"]["Status"]
        if status["State"] == "SUCCEEDED":
            break
        if status["State"] == "FAILED":
            raise RuntimeError(f"{sql}: {status['StateChangeReason']}")
        time.sleep(0.02)
    rows = athena.get_query_results(QueryExecutionId=id)["ResultSet"]["Rows"]
    return [[cell.get("VarCharValue") for cell in row["Data"]] for row in rows[1:]]


def rows_of(table, *columns, **scan):
    found = table.refresh().scan(**scan).to_arrow().sort_by(columns[0]).select(list(columns)).to_pylist()
    return [list(row.values()) for row in found]


def ids(*values):
    return pa.table({"id": pa.array(values, pa.int64())})


catalog.create_namespace("db")

# one table, changed by both

columns = {"id": pa.int32(), "name": pa.string(), "price": pa.decimal128(10, 2)}
schema = Schema(
    NestedField(1, "id", IntegerType()), NestedField(2, "name", StringType()), NestedField(3, "price", DecimalType(10, 2))
)


def rows(*numbers):
    prices = [decimal.Decimal(number).scaleb(-2) for number in numbers]
    values = {"id": numbers, "name": [f"n{number}" for number in numbers], "price": prices}
    return pa.table({name: pa.array(values[name], type) for name, type in columns.items()})


both = catalog.create_table("db.both", schema)
both.append(rows(5, 6))
both.overwrite(rows(0, 1, 2, 3, 4))
both.delete("id = 4")
both.delete("id = 3")
results["athena reads"] = ask("select count(*), sum(price) from both")
results["rows of each snapshot"] = [
    both.scan(snapshot_id=each.snapshot_id).to_arrow().num_rows for each in both.metadata.snapshots
]
with both.update_schema() as update:
    update.add_column("more", IntegerType())
    update.rename_column("name", "label")
    update.update_column("price", DecimalType(12, 2))
    update.move_first("name")
results["athena reads what is renamed, promoted and new"] = ask("select id, label, more from both order by id")
ask("update both set label = 'x', more = 5 where id = 0")
ask("delete from both where id = 1")
ask(
    "merge into both t using (values (2, 'merged'), (9, 'new')) s (id, label) on t.id = s.id"
    " when matched then update set label = s.label when not matched then insert (id, label) values (s.id, s.label)"
)
results["pyiceberg reads what athena changed"] = rows_of(both, "id", "label", "more")


def labelled(id, label):
    nulls = {"price": pa.array([None], pa.decimal128(12, 2)), "more": pa.array([None], pa.int32())}
    return pa.table({"label": [label], "id": pa.array([id], pa.int32()), **nulls})


both.append(labelled(20, "p"))
both.delete("id = 2")
both.overwrite(labelled(9, "over"), overwrite_filter="id = 9")
results["athena reads what pyiceberg changed after that"] = ask("select id, label from both order by id")
ask("insert into both (id) values (30)")
try:
    both.append(labelled(31, "late"))
except CommitFailedException as error:
    results["a table of other than the last state is not overwritten"] = type(error).__name__
results["snapshot ids beyond 2^53"] = any(each.snapshot_id > 2**53 for each in both.refresh().metadata.snapshots)

# many snapshots

many = catalog.create_table(
    "db.many",
    Schema(NestedField(1, "id", LongType())),
    properties={"commit.manifest-merge.enabled": "true", "commit.manifest.min-count-to-merge": "4"},
)
for number in range(0, 20, 2):
    many.append(ids(number))
    ask(f"insert into many values {number + 1}")
    many.refresh()
results["many appends"] = ask("select count(*), sum(id) from many")

# the same rows in the same partitions, whoever writes them


def moment(*parts):
    return datetime.datetime(*parts)


def utc(value):
    return value.replace(tzinfo=datetime.timezone.utc)


MOMENTS = [
    moment(1969, 12, 31, 23, 59, 59, 999999),
    moment(1970, 1, 1),
    moment(1800, 1, 1, 0, 0, 0, 1),
    moment(2024, 2, 29, 12),
    moment(2400, 1, 1),
]
DATES = [each.date() for each in MOMENTS]
WORDS = ["", "a b/c=d%e&f", "é😀x", "日本語", "null"]
LONGS = [0, -1, 2**53 + 1, -(2**63) + 100, 2**63 - 1]
INTS = [0, -1, -10, 2**31 - 1, -(2**31)]
NUMBERS = [decimal.Decimal(each) for each in ("0.000", "-0.001", "-10.650", "999999999.999", "12345.678")]
LARGE = [decimal.Decimal(each) for each in (10**37, -(10**37) - 1, 0, 123456789012345678901234567890, -1)]
micros = pa.timestamp("us")
zoned = pa.timestamp("us", tz="UTC")
UTC = [utc(each) for each in MOMENTS]
# PyIceberg's own two ways to a decimal's bucket disagree with each other, and it truncates no large binaries: they are not here
FIELDS = [
    (IdentityTransform(), BooleanType(), pa.bool_(), [True, False, True, False, True]),
    (IdentityTransform(), LongType(), pa.int64(), LONGS),
    (IdentityTransform(), StringType(), pa.string(), WORDS),
    (IdentityTransform(), DateType(), pa.date32(), DATES),
    (IdentityTransform(), TimestampType(), micros, MOMENTS),
    (IdentityTransform(), TimestamptzType(), zoned, UTC),
    (IdentityTransform(), DecimalType(12, 3), pa.decimal128(12, 3), NUMBERS),
    (BucketTransform(7), IntegerType(), pa.int32(), INTS),
    (BucketTransform(7), LongType(), pa.int64(), LONGS),
    (BucketTransform(7), StringType(), pa.string(), WORDS),
    (BucketTransform(7), BinaryType(), pa.binary(), [b"", b"\x00", b"\xff\xfe", b"abcd", b"abcde"]),
    (BucketTransform(7), DateType(), pa.date32(), DATES),
    (BucketTransform(7), TimestampType(), micros, MOMENTS),
    (BucketTransform(7), TimestamptzType(), zoned, UTC),
    (TruncateTransform(10), IntegerType(), pa.int32(), INTS),
    (TruncateTransform(10), LongType(), pa.int64(), LONGS),
    (TruncateTransform(2), StringType(), pa.string(), WORDS),
    (TruncateTransform(50), DecimalType(12, 3), pa.decimal128(12, 3), NUMBERS),
    (TruncateTransform(1000), DecimalType(38, 0), pa.decimal128(38, 0), LARGE),
    (YearTransform(), DateType(), pa.date32(), DATES),
    (YearTransform(), TimestampType(), micros, MOMENTS),
    (MonthTransform(), DateType(), pa.date32(), DATES),
    (MonthTransform(), TimestamptzType(), zoned, UTC),
    (DayTransform(), DateType(), pa.date32(), DATES),
    (DayTransform(), TimestampType(), micros, MOMENTS),
    (DayTransform(), TimestamptzType(), zoned, UTC),
    (HourTransform(), TimestampType(), micros, MOMENTS),
    (HourTransform(), TimestamptzType(), zoned, UTC),
    (VoidTransform(), LongType(), pa.int64(), LONGS),
]
fields = [NestedField(1, "id", LongType())]
spec = []
data = {"id": pa.array(range(12), pa.int64())}
for place, (transform, type, arrow, values) in enumerate(FIELDS):
    fields.append(NestedField(2 + place, f"c{place}", type))
    spec.append(PartitionField(2 + place, 1000 + place, transform, f"p{place}"))
    data[f"c{place}"] = pa.array([*values, None, *reversed(values), None], arrow)
parted = catalog.create_table("db.parted", Schema(*fields), partition_spec=PartitionSpec(*spec))
parted.append(pa.table(data))


def by_file():
    return {
        file["file_path"]: (file["partition"], file["record_count"]) for file in parted.refresh().inspect.files().to_pylist()
    }


def counted(files):
    found = Counter()
    for partition, count in files:
        for name, value in partition.items():
            found[f"{name} {value!r}"] += count
    return found


own = by_file()
ask("insert into parted select id + 100, " + ", ".join(f"c{place}" for place in range(len(FIELDS))) + " from parted")
athenas = [file for path, file in by_file().items() if path not in own]
mine, theirs = counted(own.values()), counted(athenas)
results["partitions that differ"] = sorted(key for key in mine.keys() | theirs.keys() if mine[key] != theirs[key])
found = [int(ask("select count(*) from parted")[0][0]), parted.scan().to_arrow().num_rows]
results["rows of the partitions"] = found
FILTERS = ["c9 = '日本語'", "c15 = 9007199254740993", "c24 < '1900-01-01T00:00:00'"]
results["rows that pyiceberg finds by their partitions"] = [
    parted.scan(row_filter).to_arrow().num_rows for row_filter in FILTERS
]

odd = catalog.create_table(
    "db.odd",
    Schema(NestedField(1, "é-ü", LongType())),
    partition_spec=PartitionSpec(PartitionField(1, 1000, IdentityTransform(), "é-ü")),
)
odd.append(pa.table({"é-ü": pa.array([1], pa.int64())}))
ask("insert into odd values 2")
results["letters of partitions' names"] = ask("select * from odd order by 1")

# a table that Glue makes


def definition(**more):
    fields = [{"Id": 1, "Name": "id", "Type": "long", "Required": False}]
    if more:
        fields.append({"Id": 2, "Name": "note", "Type": "string", "Required": False})
    return {"Location": "s3://lake/made", "Schema": {"Type": "struct", "Fields": fields}}


glue.create_table(
    DatabaseName="db",
    Name="made",
    OpenTableFormatInput={
        "IcebergInput": {"MetadataOperation": "CREATE", "Version": "2", "CreateIcebergTableInput": definition()}
    },
)
made = catalog.load_table("db.made")
made.append(ids(1))
ask("insert into made values 2")
results["glue makes a table, both write it"] = rows_of(made, "id")
glue.update_table(
    DatabaseName="db",
    Name="made",
    UpdateOpenTableFormatInput={
        "UpdateIcebergInput": {"UpdateIcebergTableInput": {"Updates": [definition(note=True)]}}
    },
)
ask("insert into made values (3, 'new')")
results["glue adds a column"] = rows_of(made, "id", "note")

print(json.dumps(results))
