from django.db import models


class TextbookSlip(models.Model):
    code = models.CharField(max_length=20, unique=True)
    used = models.BooleanField(default=False)

    class Meta:
        app_label = "textbook"

    def __str__(self) -> str:
        return self.code


class TextbookBallot(models.Model):
    opinion = models.TextField(blank=True)

    class Meta:
        app_label = "textbook"

    def __str__(self) -> str:
        return str(self.pk)


class TextbookMark(models.Model):
    ballot = models.ForeignKey(TextbookBallot, models.CASCADE)
    question = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "textbook"

    def __str__(self) -> str:
        return f"{self.question}: {self.grade}"
