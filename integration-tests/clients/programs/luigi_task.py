"""A luigi pipeline of two Batch jobs, the second after the first."""

import luigi
from luigi.contrib.batch import BatchTask


class Step(BatchTask):
    script = luigi.Parameter()
    number = luigi.IntParameter()
    poll_time = 1
    finished = False

    @property
    def parameters(self):
        return {"script": self.script}

    def requires(self):
        return [self.clone(number=self.number - 1)] if self.number > 1 else []

    def run(self):
        super().run()
        self.finished = True

    def complete(self):
        return self.finished


class Pipeline(luigi.WrapperTask):
    name = luigi.Parameter()
    script = luigi.Parameter()

    def requires(self):
        return Step(
            job_definition=self.name,
            job_name=self.name,
            job_queue="default",
            script=self.script,
            number=2,
        )
