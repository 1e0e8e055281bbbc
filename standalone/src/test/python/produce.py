"""Publishes records with librdkafka and its default partitioner, and prints where they are.

Arguments: bootstrap servers. Standard input: one record a line, tab-separated: topic, partition (-1: the partitioner's
choice), key ("-": none), value in hexadecimal. Standard output: partition and offset of each record, in the lines' order.
"""
import sys

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": sys.argv[1], "enable.idempotence": True})
placed = {}


def delivered(number):
    def report(error, message):
        if error is not None:
            sys.exit("record %d: %s" % (number, error))
        placed[number] = (message.partition(), message.offset())

    return report


lines = sys.stdin.read().splitlines()
for number, line in enumerate(lines):
    topic, partition, key, value = line.split("\t")
    producer.produce(
        topic,
        value=bytes.fromhex(value),
        key=None if key == "-" else key,
        partition=int(partition),
        on_delivery=delivered(number),
    )
    producer.poll(0)
producer.flush(60)
for number in range(len(lines)):
    print("%d %d" % placed[number])
